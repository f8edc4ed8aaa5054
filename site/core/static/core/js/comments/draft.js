/* A half-written comment survives a reload: this browser keeps it, and says so. */

const KEPT_FOR = 30 * 24 * 60 * 60 * 1000; // milliseconds
const SENT = "concept-verstuurd";

/** Keep what is typed into `form` until it is sent, and bring back what was kept before. */
export function keepDraft(form) {
    const field = form.elements.comment;
    const key = `concept:${new URL(form.action).pathname}:${form.elements.reply_to.value}`;
    const hint = new Hint(form.querySelector("[data-draft-hint]"), field);
    let isKept = true;

    const before = read(key);
    if (before && !field.value.trim()) {
        field.value = before;
        field.dispatchEvent(new Event("input"));
        hint.say("back");
    }
    field.addEventListener("input", () => {
        if (isKept && write(key, field.value)) {
            hint.say("kept");
        }
    });
    hint.onForget(() => {
        isKept = false;
        remove(key);
    });
    form.addEventListener("submit", (event) => {
        if (event.submitter?.name !== "preview") {
            session((store) => store.setItem(SENT, key));
        }
    });
}

/** Forget the draft of the comment that has just been sent. */
export function forgetSent() {
    session((store) => {
        remove(store.getItem(SENT) ?? "");
        store.removeItem(SENT);
    });
}

class Hint {
    constructor(template, field) {
        this.element = template.content.firstElementChild.cloneNode(true);
        this.place = template;
        this.field = field;
    }

    say(what) {
        for (const part of ["kept", "back", "gone"]) {
            this.element.querySelector(`[data-draft-${part}]`).hidden = part !== what;
        }
        this.place.before(this.element);
    }

    onForget(forget) {
        const button = this.element.querySelector("[data-draft-forget]");
        button.addEventListener("click", () => {
            forget();
            this.say("gone");
            button.hidden = true;
            this.field.focus();
        });
    }
}

function read(key) {
    const kept = JSON.parse(local((store) => store.getItem(key)) ?? "null");
    return kept && Date.now() - kept.at < KEPT_FOR ? kept.text : "";
}

function write(key, text) {
    if (!text.trim()) {
        remove(key);
        return false;
    }
    return local((store) => {
        store.setItem(key, JSON.stringify({ text, at: Date.now() }));
        return true;
    });
}

function remove(key) {
    local((store) => store.removeItem(key));
}

const local = (act) => attempt(() => act(window.localStorage));
const session = (act) => attempt(() => act(window.sessionStorage));

/* A browser may forbid storage, or have no room left: then nothing is kept, and nothing said. */
function attempt(act) {
    try {
        return act();
    } catch {
        return null;
    }
}
