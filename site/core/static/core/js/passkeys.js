/* Passkeys: what stands between a button and its form is the browser's own dialogue. */

const forms = document.querySelectorAll("form[data-passkey]");

// A passkey belongs to a name; browsers refuse addresses of digits.
const hasName = !/^[\d.]+$|:/.test(location.hostname);

const decode = (text) => {
    const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
    return Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0));
};

const encode = (buffer) => {
    const letters = String.fromCodePoint(...new Uint8Array(buffer));
    return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

const known = (keys = []) => keys.map((key) => ({ ...key, id: decode(key.id) }));

function toCreate(options) {
    return {
        ...options,
        challenge: decode(options.challenge),
        user: { ...options.user, id: decode(options.user.id) },
        excludeCredentials: known(options.excludeCredentials),
        authenticatorSelection: {
            ...options.authenticatorSelection,
            residentKey: "required",
            requireResidentKey: true,
            userVerification: "required",
        },
    };
}

function toGet(options) {
    return {
        ...options,
        challenge: decode(options.challenge),
        allowCredentials: known(options.allowCredentials),
    };
}

/** Write `credential` as our server reads it: bytes in base64url. */
function toText(credential) {
    const { response } = credential;
    const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
    const given = parts.filter((part) => response[part]).map((part) => [part, encode(response[part])]);
    return JSON.stringify({
        id: credential.id,
        rawId: encode(credential.rawId),
        type: credential.type,
        authenticatorAttachment: credential.authenticatorAttachment,
        clientExtensionResults: credential.getClientExtensionResults(),
        response: { ...Object.fromEntries(given), transports: response.getTransports?.() ?? [] },
    });
}

/** Return what the server asks: from the element that `form` names, or else fresh. */
async function options(form) {
    if (form.dataset.passkey) {
        return JSON.parse(document.getElementById(form.dataset.passkey).textContent).publicKey;
    }
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) {
        throw new Error(`The server answered ${answer.status}.`);
    }
    return (await answer.json()).request_options.publicKey;
}

async function ask(form) {
    const asked = await options(form);
    const credential = asked.user
        ? await navigator.credentials.create({ publicKey: toCreate(asked) })
        : await navigator.credentials.get({ publicKey: toGet(asked) });
    form.elements.credential.value = toText(credential);
    form.submit();
}

function enable(form) {
    const failed = form.querySelector("[data-passkey-failed]");
    form.hidden = false;
    form.querySelector("button").addEventListener("click", () => form.requestSubmit());
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        failed.hidden = true;
        ask(form).catch(() => {
            failed.hidden = false;
        });
    });
}

if (hasName && window.PublicKeyCredential) {
    forms.forEach(enable);
    document.querySelectorAll("[data-passkey-unable]").forEach((text) => text.remove());
}
