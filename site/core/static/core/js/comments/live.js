/* New comments are announced, and shown when the reader asks for them. */

const EVERY = 30_000; // milliseconds; nobody is asked while the tab is hidden

/** Look from time to time whether something new stands in `section`. */
export function watch(section) {
    const status = section.querySelector("[data-live]");
    if (!status) {
        return;
    }
    let offered = "";
    const look = async () => {
        const { key } = conversationOf(section).dataset;
        const news = document.hidden ? null : await ask(`${status.dataset.live}?na=${key}`);
        if (news?.count && news.key !== offered) {
            offered = news.key;
            offer(section, status, news.count);
        }
    };
    setInterval(look, EVERY);
    document.addEventListener("visibilitychange", look);
}

async function ask(address) {
    const answer = await fetch(address).catch(() => null);
    return answer?.ok ? answer.json() : null;
}

function offer(section, status, count) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--primary";
    button.textContent = count === 1 ? status.dataset.one : status.dataset.many.replace("%s", count);
    button.addEventListener("click", () => show(section, status), { once: true });
    status.replaceChildren(button);
}

async function show(section, status) {
    const fresh = await fetchSection();
    const known = new Set(comments(section).map((comment) => comment.id));
    const isHere = fresh && comments(fresh).some((comment) => !known.has(comment.id));
    if (!isHere) {
        location.assign(status.dataset.newest); // they stand on another page of comments
        return;
    }
    inPlace(section, () => replaceParts(section, fresh));
    const added = comments(section).filter((comment) => !known.has(comment.id));
    added.forEach((comment) => comment.classList.add("comment--new"));
    pointTo(added[0], status);
    added[0].tabIndex = -1;
    added[0].focus({ preventScroll: true });
    section.dispatchEvent(new Event("renewed"));
}

/* Say that the new comments are shown, with a link to the first until that is in sight. */
function pointTo(comment, status) {
    const said = document.createElement("span");
    said.className = "visually-hidden";
    said.textContent = status.dataset.shown;
    const link = document.createElement("a");
    link.className = "button button--primary";
    link.href = `#${comment.id}`;
    link.textContent = status.dataset.go;
    status.replaceChildren(said, link);
    new IntersectionObserver(([entry], observer) => {
        if (entry.isIntersecting) {
            observer.disconnect();
            link.remove();
        }
    }).observe(comment);
}

async function fetchSection() {
    const address = location.pathname + location.search;
    const answer = await fetch(address, { cache: "no-cache" }).catch(() => null);
    if (!answer?.ok) {
        return null;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("section.comments");
}

function replaceParts(section, fresh) {
    for (const part of ["[data-count]", "[data-conversation]"]) {
        section.querySelector(part).replaceWith(document.adoptNode(fresh.querySelector(part)));
    }
}

/* Do `act` and leave the comment that is being read where it is on the screen. */
function inPlace(section, act) {
    const read = comments(section).find((one) => one.getBoundingClientRect().bottom > 0);
    const before = read?.getBoundingClientRect().top;
    act();
    const after = read && document.getElementById(read.id)?.getBoundingClientRect().top;
    if (after !== undefined) {
        window.scrollBy({ top: after - before, behavior: "instant" });
    }
}

function comments(section) {
    return [...section.querySelectorAll(".comment[id]")];
}

function conversationOf(section) {
    return section.querySelector("[data-conversation]");
}
