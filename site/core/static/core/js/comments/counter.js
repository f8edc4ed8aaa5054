/* How many characters are left. */

const THRESHOLDS = [0, 10, 20, 50, 100, 300]; // characters left at which it is said aloud
const FEW = THRESHOLDS.at(-1);

/** Show below `field` how many characters are left, once they become few. */
export function count(field, say) {
    const limit = Number(field.dataset.limit);
    const output = outputFor(field);
    let reached = Infinity;
    const show = () => {
        const left = limit - [...field.value.trim()].length;
        output.textContent = left <= FEW ? inWords(left, output.dataset) : "";
        output.hidden = left > FEW;
        const threshold = THRESHOLDS.find((one) => left <= one) ?? Infinity;
        const now = left < 0 ? -1 : threshold;
        if (now < reached) {
            say(output.textContent);
        }
        reached = now;
    };
    field.addEventListener("input", show);
    show();
}

/* The place of the count; the field names it as its description. */
function outputFor(field) {
    const output = field.form.querySelector("[data-counter]");
    const described = field.getAttribute("aria-describedby") ?? "";
    field.setAttribute("aria-describedby", `${described} ${output.id}`.trim());
    return output;
}

function inWords(left, { one, left: many, over, overOne }) {
    const number = Math.abs(left);
    const singular = left < 0 ? overOne : one;
    const plural = left < 0 ? over : many;
    return number === 1 ? singular : plural.replace("%s", number);
}
