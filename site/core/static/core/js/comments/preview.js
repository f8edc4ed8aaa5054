/* The preview beside the form, renewed while one types. Without scripts it is a page. */

const PAUSE = 600; // milliseconds without a key, before the server is asked

/** Let the button of `form` open a preview below the text, and `say` that it did. */
export function previewInPlace(form, say) {
    const button = form.querySelector("[data-preview-button]");
    const box = form.querySelector("[data-preview-box]");
    const field = form.elements.comment;
    const renew = renewer(form.dataset.preview, field, box.querySelector("[data-preview-text]"));
    let timer = 0;

    const open = (opens) => {
        box.hidden = !opens;
        button.setAttribute("aria-expanded", String(opens));
        say(opens ? box.dataset.opened : box.dataset.closed);
    };
    button.setAttribute("aria-controls", box.id);
    button.setAttribute("aria-expanded", String(!box.hidden));
    button.addEventListener("click", async (event) => {
        event.preventDefault();
        if (!box.hidden) {
            open(false);
            return;
        }
        const outcome = await renew();
        if (outcome === "shown") {
            open(true);
        } else if (outcome === "failed") {
            form.requestSubmit(button);
        }
    });
    field.addEventListener("input", () => {
        clearTimeout(timer);
        if (!box.hidden) {
            timer = setTimeout(renew, PAUSE);
        }
    });
}

/* Return a function that shows `field` in `target` as readers will see it: "shown", "failed" or "overtaken". */
function renewer(address, field, target) {
    let asked = null;
    return async () => {
        asked?.abort();
        const mine = (asked = new AbortController());
        const text = await render(address, field.value, mine.signal);
        if (mine.signal.aborted) {
            return "overtaken";
        }
        if (text === null) {
            return "failed";
        }
        target.innerHTML = text; // made safe by the server
        return "shown";
    };
}

async function render(address, comment, signal) {
    const options = { method: "POST", body: new URLSearchParams({ comment }), signal };
    const answer = await fetch(address, options).catch(() => null);
    return answer?.ok ? answer.text().catch(() => null) : null;
}
