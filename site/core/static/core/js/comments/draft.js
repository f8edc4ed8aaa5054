/* A half-written comment survives a reload: this browser keeps it, and says so. */

const KEPT_FOR = 30 * 24 * 60 * 60 * 1000; // milliseconds
const SENT = "concept-verstuurd";

/** Keep what is typed into `form` until it is sent, and bring back what was kept before. */
export function keepDraft(form, say) {
    const field = form.elements.comment;
    const key = `concept:${new URL(form.action).pathname}:${form.elements.reply_to.value}`;
    const hint = new Hint(form.querySelector("[data-draft-hint]"), field, say);
    let isKept = true;

    const before = read(key);
    if (before && !field.value.trim()) {
        field.value = before;
        field.dispatchEvent(new Event("input"));
        hint.say("back");
    }
    const keep = () => {
        if (isKept && write(key, field.value)) {
            hint.say("kept");
        }
    };
    field.addEventListener("input", keep);
    if (field.value !== before && field.value !== field.defaultValue) {
        keep(); // typed before scripts were ready
    }
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
    constructor(template, field, say) {
        this.element = template.content.firstElementChild.cloneNode(true);
        this.place = template;
        this.field = field;
        this.aloud = say;
    }

    say(what) {
        const part = this.element.querySelector(`[data-draft-${what}]`);
        if (!part.hidden) {
            return;
        }
        this.element.querySelectorAll("span").forEach((other) => (other.hidden = other !== part));
        this.place.before(this.element);
        this.aloud(part.textContent);
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

/* What another program wrote in our place is as good as nothing. */
function read(key) {
    const kept = local((store) => JSON.parse(store.getItem(key)));
    return typeof kept?.text === "string" && Date.now() - kept.at < KEPT_FOR ? kept.text : "";
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
