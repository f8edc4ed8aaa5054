/* Appreciation without leaving the page, for those whom we know. */

import { offerToManage } from "./own.js";

/** Let the buttons in `section` count at once, and show which ones are one's own. */
export function appreciateInPlace(section) {
    section.addEventListener("submit", (event) => {
        const form = event.target.closest("[data-appreciation]");
        if (form && isKnown()) {
            event.preventDefault();
            press(form, section);
        }
    });
    section.addEventListener("renewed", () => showOwn(section));
    showOwn(section);
}

/* A member or a remembered device. These cookies say that there is one, and nothing else. */
function isKnown() {
    const cookies = document.cookie.split("; ");
    return cookies.includes("lid=1") || cookies.includes("bekend=1");
}

async function press(form, section) {
    const button = form.querySelector("button");
    const wasGiven = button.getAttribute("aria-pressed") === "true";
    if (form.dataset.asked) {
        return;
    }
    form.dataset.asked = "yes";
    const body = new URLSearchParams(wasGiven ? { terug: "1" } : {});
    const headers = { Accept: "application/json" };
    const answer = await fetch(form.action, { method: "POST", body, headers }).catch(() => null);
    delete form.dataset.asked;
    if (!answer?.ok) {
        form.submit(); // the page that answers explains
        return;
    }
    const { count, given } = await answer.json();
    button.setAttribute("aria-pressed", String(given));
    button.querySelector(".appreciation__count").textContent = count;
    const said = section.querySelector("[data-said]");
    said.textContent = given ? said.dataset.given : said.dataset.takenBack;
}

async function showOwn(section) {
    const said = section.querySelector("[data-said]");
    if (!said || !isKnown()) {
        return;
    }
    const answer = await fetch(said.dataset.own).catch(() => null);
    if (!answer?.ok) {
        return;
    }
    const { appreciated, written } = await answer.json();
    offerToManage(section, said, written);
    for (const form of section.querySelectorAll("[data-appreciation]")) {
        const given = appreciated.includes(form.dataset.appreciation);
        form.querySelector("button").setAttribute("aria-pressed", String(given));
    }
}
