/* The form itself: a member's own, and sent once. */
import { isMember } from "../member.js";

const AGAIN_AFTER = 5000; // milliseconds

/** Replace the form of a stored page, which knows nobody, by the member's own; return it. */
export async function askMembersForm(form) {
    if (!isMember() || form.dataset.member) {
        return form;
    }
    const answer = await fetch(form.action, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) {
        return form;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const own = page.querySelector("[data-comment-form]");
    if (!own?.dataset.member) {
        return form;
    }
    own.elements.comment.value = form.elements.comment.value;
    form.replaceWith(own);
    return own;
}

/** Keep a double click from sending `form` twice. */
export function sendOnce(form) {
    form.addEventListener("submit", (event) => {
        if (form.dataset.sent) {
            event.preventDefault();
        }
        form.dataset.sent = "yes";
        setTimeout(() => delete form.dataset.sent, AGAIN_AFTER);
    });
    window.addEventListener("pageshow", () => delete form.dataset.sent);
}
