/* New comments are announced, and shown when the reader asks for them. */
import { inPlace } from "./place.js";

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
            offer(section, status, news);
        }
    };
    setInterval(look, EVERY);
    document.addEventListener("visibilitychange", look);
}

async function ask(address) {
    const answer = await fetch(address).catch(() => null);
    return answer?.ok ? answer.json().catch(() => null) : null;
}

function offer(section, status, { count, url }) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--primary";
    button.textContent = count === 1 ? status.dataset.one : status.dataset.many.replace("%s", count);
    button.addEventListener("click", () => show(section, status, url), { once: true });
    status.replaceChildren(button);
}

/* Show what is new; what stands on another page, or further in a long thread, at its own address. */
async function show(section, status, url) {
    const fresh = await fetchSection();
    const known = new Set(comments(section).map((comment) => comment.id));
    const isHere = fresh && comments(fresh).some((comment) => !known.has(comment.id));
    if (!isHere) {
        location.assign(url || status.dataset.newest);
        return;
    }
    inPlace(whatIsRead(section), () => replaceParts(section, fresh));
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

/* Return how to find what stands before the reader's eyes: a comment, or what follows them all. */
function whatIsRead(section) {
    const read = comments(section).find((comment) => isInSight(textOf(comment)));
    if (read) {
        return () => textOf(document.getElementById(read.id));
    }
    const isAbove = conversationOf(section).getBoundingClientRect().bottom < 0;
    return () => (isAbove ? section.lastElementChild : null);
}

function isInSight(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
}

/* A comment without the replies that hang below it. */
function textOf(comment) {
    return comment?.querySelector(".comment__body");
}

function comments(section) {
    return [...section.querySelectorAll(".comment[id]")];
}

function conversationOf(section) {
    return section.querySelector("[data-conversation]");
}
