/* What is being read stays where it is on the screen. */

/** Do `act`, and scroll so that what `find` returns, before and after, does not move. */
export function inPlace(find, act) {
    const before = find()?.getBoundingClientRect().top;
    act();
    const after = find()?.getBoundingClientRect().top;
    if (before !== undefined && after !== undefined) {
        window.scrollBy({ top: after - before, behavior: "instant" });
    }
}
