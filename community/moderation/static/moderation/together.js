// Carry a decision about many out once, and show how far it is.

const LINES = "application/x-ndjson";
const form = document.querySelector("[data-together-do]");

form?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.getAttribute("aria-busy") !== "true") {
        send(event.submitter);
    }
});

async function send(button) {
    const busy = form.querySelector("[data-busy]");
    const data = new FormData(form, button);
    form.setAttribute("aria-busy", "true");
    say(busy.dataset.text);
    try {
        const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: LINES } });
        if (!answer.headers.get("Content-Type")?.startsWith(LINES)) {
            return again(button);
        }
        await follow(answer.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch {
        say(busy.dataset.failed);
        form.querySelector("progress").hidden = true;
        form.removeAttribute("aria-busy");
    }
}

/** Something is missing in the form: let the page say what, as it does without this file. */
function again(button) {
    const act = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
    form.append(act);
    form.submit();
}

async function follow(reader) {
    let rest = "";
    let ended = false;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const lines = (rest + part.value).split("\n");
        rest = lines.pop();
        ended = lines.map((line) => show(JSON.parse(line))).includes(true) || ended;
    }
    if (!ended) {
        throw new Error("It broke off, so nothing was changed");
    }
}

/** Show one line of news; return whether it is the last. */
function show(news) {
    const progress = form.querySelector("progress");
    if (!news.address) {
        progress.hidden = false;
        progress.max = news.of;
        progress.value = news.done;
        return false;
    }
    progress.hidden = true;
    say(news.said.join("\n"));
    form.querySelectorAll("[data-ask]").forEach((part) => part.remove());
    const back = form.querySelector("[data-back]");
    back.textContent = back.dataset.back;
    back.focus();
    return true;
}

function say(text) {
    form.querySelector("[data-busy]").textContent = text;
}
