/* The stored page knows nobody. Someone who is logged in gets their own part beside it. */

/** Whether someone is logged in here; the cookie says no more than that. */
export const isMember = () => document.cookie.split("; ").includes("lid=1");

/** Replace the plain link in `slot` by the member's own part, when there is a member. */
export async function fillMemberSlot(slot) {
    if (!slot || !isMember()) {
        return;
    }
    const options = { headers: { Accept: "text/html" } };
    const answer = await fetch(slot.dataset.memberSlot, options).catch(() => null);
    if (answer?.ok && !answer.redirected) {
        slot.innerHTML = await answer.text();
    }
}
