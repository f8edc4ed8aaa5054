// Say that a decision about many is being carried out, and send it once.

const form = document.querySelector("[data-together-do]");

form?.addEventListener("submit", (event) => {
    if (form.getAttribute("aria-busy") === "true") {
        event.preventDefault();
        return;
    }
    form.setAttribute("aria-busy", "true");
    const busy = form.querySelector("[data-busy]");
    busy.textContent = busy.dataset.text;
});
