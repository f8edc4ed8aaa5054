// Where the comments of the list stand, and which of them an editor is at.

/** The line of the list that `element` stands in; null outside the list. */
export function placeOf(element) {
    return element.closest("[data-place]");
}

/** All lines that still hold a comment to decide about. */
export function open(desk) {
    return [...desk.querySelectorAll("[data-place]")].filter((place) => place.querySelector("[data-item]"));
}

/** The line at which the focus is, or was last. */
export function current(desk) {
    const here = document.activeElement?.closest?.("[data-place]");
    return here ?? desk.querySelector("[data-place][data-current]");
}

/** The next line after `place` that is still to be decided about, or the one before it. */
export function after(place) {
    const isOpen = (line) => line.querySelector("[data-item]");
    for (let line = place.nextElementSibling; line; line = line.nextElementSibling) {
        if (isOpen(line)) {
            return line;
        }
    }
    for (let line = place.previousElementSibling; line; line = line.previousElementSibling) {
        if (isOpen(line)) {
            return line;
        }
    }
    return null;
}

/** Go to `place`, and show it whole where that fits. */
export function focusOn(place) {
    document.querySelector("[data-current]")?.removeAttribute("data-current");
    place.setAttribute("data-current", "");
    const target = place.querySelector("[data-item], [data-done]");
    target?.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest", behavior: reduced() ? "auto" : "smooth" });
}

function reduced() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
