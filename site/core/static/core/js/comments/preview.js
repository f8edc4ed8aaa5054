/* The preview beside the form, renewed while one types. Without scripts it is a page. */

const PAUSE = 600; // milliseconds without a key, before the server is asked

/** Let the button of `form` open a preview below the text. */
export function previewInPlace(form) {
    const button = form.querySelector("[data-preview-button]");
    const box = form.querySelector("[data-preview-box]");
    const field = form.elements.comment;
    const renew = renewer(form.dataset.preview, field, box.querySelector("[data-preview-text]"));
    let timer = 0;

    button.setAttribute("aria-controls", box.id);
    button.setAttribute("aria-expanded", String(!box.hidden));
    button.addEventListener("click", async (event) => {
        event.preventDefault();
        const opens = box.hidden;
        if (opens && !(await renew())) {
            form.requestSubmit(button);
            return;
        }
        box.hidden = !opens;
        button.setAttribute("aria-expanded", String(opens));
    });
    field.addEventListener("input", () => {
        clearTimeout(timer);
        if (!box.hidden) {
            timer = setTimeout(renew, PAUSE);
        }
    });
}

/* Return a function that shows `field` in `target` as readers will see it; says whether it could. */
function renewer(address, field, target) {
    let asked = null;
    return async () => {
        asked?.abort();
        asked = new AbortController();
        const body = new URLSearchParams({ comment: field.value });
        const options = { method: "POST", body, signal: asked.signal };
        const answer = await fetch(address, options).catch(() => null);
        if (answer?.ok) {
            target.innerHTML = await answer.text(); // made safe by the server
        }
        return Boolean(answer?.ok);
    };
}
