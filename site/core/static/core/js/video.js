/* A video asks nothing of another host before the reader clicks. */

/** Turn the still image of `figure` into a button that loads the player. */
export function playOnClick(figure) {
    const stage = figure.querySelector("[data-stage]");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "video__play";
    button.append(figure.dataset.play, titleFor(figure.dataset.title));
    button.addEventListener("click", () => stage.replaceChildren(player(figure.dataset)), { once: true });
    stage.append(button);
}

function titleFor(text) {
    const title = document.createElement("span");
    title.className = "visually-hidden";
    title.textContent = `: ${text}`;
    return title;
}

function player({ player: address, title }) {
    const frame = document.createElement("iframe");
    const url = new URL(address);
    url.searchParams.set("autoplay", "1");
    frame.title = title;
    frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.src = url.href;
    frame.tabIndex = 0;
    return frame;
}
