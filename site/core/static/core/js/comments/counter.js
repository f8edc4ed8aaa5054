/* How many characters are left. */

const WORTH_SAYING = 300; // announced only when it begins to matter

/** Say below `field` how many characters are left, once they become few. */
export function count(field) {
    const limit = Number(field.dataset.limit);
    const output = document.createElement("p");
    output.className = "meta";
    output.setAttribute("aria-live", "polite");
    field.after(output);
    const show = () => {
        const left = limit - [...field.value.trim()].length;
        output.textContent = left < WORTH_SAYING ? field.dataset.left.replace("%s", left) : "";
    };
    field.addEventListener("input", show);
    show();
}
