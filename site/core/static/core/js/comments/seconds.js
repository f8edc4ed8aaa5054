/* How long the page was open when a comment is sent: programs are faster than people. */

/** Write the seconds into `form` when it is sent. */
export function tellSeconds(form) {
    const field = form.querySelector("[data-seconds]");
    if (field) {
        form.addEventListener("submit", () => {
            field.value = String(Math.round(performance.now() / 1000));
        });
    }
}
