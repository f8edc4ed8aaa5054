/* What happens to a form without its writer pressing anything is said to who cannot see it. */

const PAUSE = 100; // milliseconds: a region must be there for a moment before it is filled
const SAID_WITHIN = 10_000; // milliseconds

/** Return a function that has a screen reader say a text, after what it is saying now. */
export function sayer(form) {
    const region = form.querySelector("[data-form-said]");
    return (text) => {
        const line = document.createElement("p");
        line.textContent = text;
        setTimeout(() => region.append(line), PAUSE);
        setTimeout(() => line.remove(), PAUSE + SAID_WITHIN);
    };
}
