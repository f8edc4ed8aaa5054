// Ticking several comments, and saying how many are.

let last = null;

/** Say how many are ticked, and tick a range with Shift. */
export function choose(desk) {
    desk.addEventListener("click", (event) => {
        if (event.target.matches?.(".desk__box")) {
            tickRange(desk, event.target, event.shiftKey);
        }
    });
    tell(desk);
}

/** The box of the comment in `place`. */
export function choosable(place) {
    return place.querySelector(".desk__box");
}

/** Tick or untick `box`; with `range` all from the one before up to here as well. */
export function tickTo(desk, box, range) {
    if (box) {
        box.checked = range ? true : !box.checked;
        tickRange(desk, box, range);
    }
}

function tickRange(desk, box, range) {
    const boxes = [...desk.querySelectorAll(".desk__box")];
    if (range && last?.isConnected) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((one, other) => one - other);
        boxes.slice(from, to + 1).forEach((between) => {
            between.checked = box.checked;
        });
    }
    last = box;
    tell(desk);
}

function tell(desk) {
    const said = desk.querySelector("[data-chosen]");
    const number = desk.querySelectorAll(".desk__box:checked").length;
    if (said && number) {
        said.textContent = number === 1 ? said.dataset.one : said.dataset.many.replace("NUMBER", number);
    }
}
