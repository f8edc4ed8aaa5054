/* One's own comments in a conversation, which is stored and so knows nobody. */

const ANY = "00000000-0000-0000-0000-000000000000"; // stands in the address for the comment

/** Put a link to change or delete it below each comment in `section` of which `written` has the id. */
export function offerToManage(section, said, written) {
    for (const id of written) {
        const actions = section.querySelector(`#reactie-${id} .comment__actions`);
        if (actions && !actions.querySelector("[data-own-comment]")) {
            const link = document.createElement("a");
            link.href = said.dataset.manage.replace(ANY, id);
            link.textContent = said.dataset.written;
            link.dataset.ownComment = id;
            actions.prepend(link);
        }
    }
}
