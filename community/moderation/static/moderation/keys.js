// The keys of the desk. They are off while someone types, and can be put off for good (WCAG 2.1.4).

import { choosable, tickTo } from "./choosing.js";
import { current, focusOn, open, placeOf } from "./places.js";

const KEPT_AS = "reacties-toetsen";
const OPENED = "[data-refuse][open], [data-editing]";
const TYPED_IN = "input:not([type=checkbox], [type=submit], [type=button]), textarea, select, [contenteditable], dialog";

/** Listen to keys on `desk`, and offer the help about them. */
export function listen(desk) {
    const help = desk.querySelector("[data-keys]");
    const on = desk.querySelector("[data-keys-on]");
    desk.querySelector("[data-keys-row]").hidden = false;
    desk.querySelector("[data-keys-open]").addEventListener("click", () => help.showModal());
    on.checked = kept() !== "uit";
    on.addEventListener("change", () => keep(on.checked ? "aan" : "uit"));
    document.addEventListener("keydown", (event) => {
        if (on.checked && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing) {
            if (press(desk, help, event)) {
                event.preventDefault();
            }
        }
    });
}

function press(desk, help, event) {
    const target = event.target;
    if (event.key >= "1" && event.key <= "9" && target.closest?.("[data-refuse]") && !target.matches("textarea")) {
        return refuseFor(target.closest("[data-refuse]"), Number(event.key));
    }
    if (event.key === "Escape" && target.closest?.(OPENED)) {
        return shut(target.closest(OPENED));
    }
    if (target.closest?.(TYPED_IN)) {
        return false;
    }
    return act(desk, help, event);
}

function act(desk, help, event) {
    const key = event.key.toLowerCase();
    if (key === "?") {
        help.showModal();
        return true;
    }
    if (key === "j" || key === "k") {
        return move(desk, key === "j" ? 1 : -1);
    }
    if (key === "z") {
        return click(desk.querySelector("[data-last] button") ?? desk.querySelector("[data-undoable] button"));
    }
    const place = current(desk);
    if (!place) {
        return false;
    }
    if (key === "x") {
        tickTo(desk, choosable(place), event.shiftKey);
        return true;
    }
    if (key === "r") {
        return unfold(place.querySelector("[data-refuse]"), "[data-reasons]");
    }
    return "ashoeb".includes(key) && click(place.querySelector(`[data-key="${key}"]`));
}

function move(desk, step) {
    const lines = open(desk);
    const here = lines.indexOf(current(desk));
    const next = here === -1 ? lines[step > 0 ? 0 : lines.length - 1] : lines[here + step];
    if (next) {
        focusOn(next);
    }
    return Boolean(next);
}

/** Open `details`, and go to the field in it that is filled in first. */
function unfold(details, field) {
    if (!details) {
        return false;
    }
    details.open = true;
    details.querySelector(field).focus();
    return true;
}

/** Choose a reason by its number and send: the reason has a text of its own, and `z` undoes it. */
function refuseFor(refuse, number) {
    const reasons = refuse.querySelector("[data-reasons]");
    if (!reasons.options[number]) {
        return false;
    }
    reasons.selectedIndex = number;
    if (!refuse.querySelector("textarea").value.trim()) {
        click(refuse.querySelector("[data-send]"));
    }
    return true;
}

/** Close what was opened, with what was typed in it, and go back to what opens it. */
function shut(opened) {
    if (opened.matches("[data-editing]")) {
        opened.hidden = true;
        placeOf(opened).querySelector("[data-edit]").focus();
    } else {
        opened.open = false;
        opened.querySelector("summary").focus();
    }
    return true;
}

function click(element) {
    element?.click();
    return Boolean(element);
}

function kept() {
    try {
        return localStorage.getItem(KEPT_AS);
    } catch {
        return null;
    }
}

function keep(word) {
    try {
        localStorage.setItem(KEPT_AS, word);
    } catch {
        // a browser that keeps nothing: the keys are as they are until the next page
    }
}
