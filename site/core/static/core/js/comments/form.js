/* The form itself: a member's own, and sent once. */
import { isMember } from "../member.js";
import { inPlace } from "./place.js";

const AGAIN_AFTER = 5000; // milliseconds
const PATIENCE = 8000; // milliseconds; then the form stays as it is

/** Replace the form of a stored page, which knows nobody, by the member's own; return it. */
export async function askMembersForm(form) {
    if (!isMember() || form.dataset.member) {
        return form;
    }
    const own = await fetchForm(form.action).catch(() => null);
    return own && takeOver(form, own) ? own : form;
}

async function fetchForm(address) {
    const options = { headers: { "X-Requested-With": "fetch" }, signal: AbortSignal.timeout(PATIENCE) };
    const answer = await fetch(address, options);
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    return page.querySelector("[data-comment-form][data-member]");
}

/* Put `own` in the place of `form`, with what was typed; not while someone is in a field that it lacks. */
function takeOver(form, own) {
    const here = document.activeElement;
    const isInside = form.contains(here);
    const same = isInside ? counterpart(here, own) : null;
    if (isInside && !same) {
        return false;
    }
    own.elements.comment.value = form.elements.comment.value;
    own.elements.follow.value = form.elements.follow.value;
    let current = here;
    inPlace(
        () => (isInside ? current : null),
        () => {
            form.replaceWith(document.adoptNode(own));
            current = same;
        },
    );
    if (same) {
        typeOnIn(same, here);
    }
    return true;
}

function counterpart(element, own) {
    return element.id ? own.querySelector(`#${CSS.escape(element.id)}`) : null;
}

function typeOnIn(field, before) {
    field.focus({ preventScroll: true });
    if (field.matches("textarea")) {
        field.setSelectionRange(before.selectionStart, before.selectionEnd, before.selectionDirection);
        field.scrollTop = before.scrollTop;
    }
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
