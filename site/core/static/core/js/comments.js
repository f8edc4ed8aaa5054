/* A conversation, a little nicer than without scripts. Each part stands on its own. */
import { appreciateInPlace } from "./comments/appreciation.js";
import { count } from "./comments/counter.js";
import { forgetSent, keepDraft } from "./comments/draft.js";
import { askMembersForm, sendOnce } from "./comments/form.js";
import { watch } from "./comments/live.js";
import { previewInPlace } from "./comments/preview.js";
import { tellSeconds } from "./comments/seconds.js";
import { sayer } from "./comments/saying.js";

const conversation = document.querySelector("section.comments");
const form = document.querySelector("[data-comment-form]");

if (document.querySelector("[data-comment-sent]")) {
    forgetSent();
}
if (conversation) {
    appreciateInPlace(conversation);
    watch(conversation);
}
if (form) {
    const current = await askMembersForm(form);
    const say = sayer(current);
    count(current.elements.comment, say);
    sendOnce(current);
    tellSeconds(current);
    previewInPlace(current, say);
    keepDraft(current, say);
}
