// One request for each act; the answer replaces the comment that it was about.

import { after, focusOn, placeOf } from "./places.js";

const busy = new WeakSet();

/** Send the forms of `desk` in the background. */
export function follow(desk) {
    desk.addEventListener("submit", (event) => {
        const form = event.target;
        if (!form.matches("[data-decide], [data-judge], .desk__undo") || event.defaultPrevented) {
            return;
        }
        event.preventDefault();
        send(desk, form, form.action, { method: "POST", body: new FormData(form, event.submitter) });
    });
    desk.addEventListener("click", (event) => {
        const link = event.target.closest("a[data-edit]");
        if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
            event.preventDefault();
            edit(desk, link);
        }
    });
}

/** Open the form that changes the text beside `link`: the one that is there, or one from the site. */
function edit(desk, link) {
    const form = placeOf(link).querySelector("[data-editing]");
    if (form) {
        form.hidden = false;
        form.querySelector("textarea").focus();
    } else {
        send(desk, link, link.href, {});
    }
}

/** Ask the site for what `asker`, a form or a link, is about; one request at a time. */
async function send(desk, asker, address, request) {
    if (busy.has(asker)) {
        return;
    }
    const place = placeOf(asker);
    busy.add(asker);
    asker.setAttribute("aria-busy", "true");
    try {
        const answer = await fetch(address, { ...request, headers: { Accept: "application/json" } });
        await take(desk, asker, place, answer);
    } catch {
        say(desk, desk.dataset.failed);
    } finally {
        busy.delete(asker);
        asker.removeAttribute("aria-busy");
    }
}

async function take(desk, asker, place, answer) {
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
        throw new Error(`The desk answers ${answer.status}`);
    }
    const news = await answer.json();
    if (news.form) {
        place.querySelector("[data-item]").insertAdjacentHTML("beforeend", news.form);
        edit(desk, asker);
        return;
    }
    say(desk, news.message);
    recount(desk, news);
    if (news.done) {
        const next = after(place);
        place.innerHTML = news.done;
        remember(desk, place);
        if (next) {
            focusOn(next);
        } else {
            offerMore(desk);
        }
    } else if (news.item) {
        const where = place ?? document.querySelector(`[id="${idIn(news.item)}"]`)?.closest("[data-place]");
        if (where) {
            where.innerHTML = news.item;
            remember(desk, where);
            focusOn(where);
        }
        forget(asker);
    }
}

/** When all of this page is done, the rest of the list is one key away. */
function offerMore(desk) {
    const more = desk.querySelector("[data-more]");
    more.hidden = false;
    more.querySelector("a").focus();
}

function idIn(html) {
    return new DOMParser().parseFromString(html, "text/html").querySelector("[data-item]")?.id ?? "";
}

/** Keep the way back at hand: the last decision is the one that `z` undoes. */
function remember(desk, place) {
    const undo = place.querySelector(".desk__undo");
    if (undo) {
        desk.querySelector("[data-last]")?.removeAttribute("data-last");
        undo.setAttribute("data-last", "");
    }
}

/** An undone decision leaves the list of those that can be undone. */
function forget(form) {
    const line = form.closest("[data-undoable] li");
    line?.remove();
}

function say(desk, text) {
    const said = desk.querySelector("[data-said]");
    said.textContent = "";
    requestAnimationFrame(() => {
        said.textContent = text;
    });
}

/** Show how much each queue holds: as the site counted it, or by what changed. */
function recount(desk, news) {
    if (news.counts) {
        for (const [name, number] of Object.entries(news.counts)) {
            const shown = desk.querySelector(`[data-count="${name}"]`);
            shown.textContent = String(number);
        }
    } else if (news.from) {
        count(desk, news.from, -1);
        count(desk, news.to, 1);
        news.less?.forEach((name) => count(desk, name, -1));
    }
}

function count(desk, name, change) {
    const shown = name && desk.querySelector(`[data-count="${name}"]`);
    if (shown) {
        shown.textContent = String(Math.max(0, Number(shown.textContent) + change));
    }
}
