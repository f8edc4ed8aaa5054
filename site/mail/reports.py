"""Reading what mail servers send back: which of our mails it is about, and what became of it.

Delivery status notifications (RFC 3464), those that servers wrote before that or
without minding it, complaints (RFC 5965), and everything else, such as replies from
people who are away (RFC 3834).
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Mail

from mail import composing, replies
from mail.models import Bounce

Kind = Bounce.Kind
_DAEMON = re.compile(r"\b(?:mailer-daemon|mail-daemon|postmaster|mail delivery)\b", re.IGNORECASE)
_UNDELIVERED = re.compile(
    r"undeliver|returned mail|delivery (?:status|failure|failed|has failed|problem|delay)"
    r"|failure notice|mail delivery|delayed|onbestelbaar|niet bezorgd|unzustellbar|non remis",
    re.IGNORECASE,
)
_STILL_TRYING = re.compile(
    r"delay|warning|still (?:trying|being)|will (?:keep|be) (?:trying|retried|attempted)",
    re.IGNORECASE,
)
# Where a report in free words begins to show the mail that it is about.
_COPY = re.compile(
    r"^(?:-+ *(?:this is a copy|below this line|original message|forwarded|returned)"
    r"|(?:return-path|received|message-id|dkim-signature):)",
    re.IGNORECASE | re.MULTILINE,
)
_AUTOMATIC_SUBJECT = re.compile(
    r"^\W*(?:auto(?:matic|matisch)?[ -]?(?:reply|response|antwoord)|out of (?:the )?office"
    r"|afwezig|buiten kantoor|vacation|abwesen)",
    re.IGNORECASE,
)
_NO_COMPLAINTS = {"not-spam", "auth-failure", "dmarc"}
_TEXT_READ = 50_000  # characters of free words


@dataclass(frozen=True)
class Report:
    """What one message says.

    ``keys`` are those of the mails of ours that it names (`composing.message_id`), the
    likeliest first. ``is_final`` is False when the server goes on trying.
    """

    kind: Kind
    status: str = ""
    keys: tuple[uuid.UUID, ...] = ()
    is_final: bool = True


class Unreadable(ValueError):
    """This is no mail message."""


def read(raw: bytes) -> Report:
    """Return what the mail ``raw`` reports; raises `Unreadable`."""
    try:
        mail = message_from_bytes(raw)
        parts = list(mail.walk())
    except (RecursionError, ValueError, LookupError) as error:
        raise Unreadable("The message is too odd to read.") from error
    if not mail.keys():
        raise Unreadable("A message begins with headers; this has none.")
    kind, status, is_final = _judged(mail, parts)
    return Report(kind=kind, status=status, keys=_keys(mail, parts), is_final=is_final)


def _judged(mail: Mail, parts: list[Mail]) -> tuple[Kind, str, bool]:
    if fields := _first(parts, "message/feedback-report"):
        return _complaint(fields)
    if fields := _first(parts, "message/delivery-status"):
        return _notification(fields)
    if _is_automatic(mail) or not _is_from_a_server(mail):
        return Kind.OTHER, "", True
    return _free_words(mail, parts)


def _first(parts: list[Mail], content_type: str) -> list[Mail]:
    """Return the groups of fields of the first part of ``content_type``."""
    for part in parts:
        payload = part.get_payload()
        if part.get_content_type() == content_type and isinstance(payload, list):
            return [group for group in payload if isinstance(group, Mail)]
    return []


def _complaint(groups: list[Mail]) -> tuple[Kind, str, bool]:
    sort = _field(groups[0], "Feedback-Type").lower()
    return Kind.OTHER if sort in _NO_COMPLAINTS else Kind.COMPLAINT, "", True


def _notification(groups: list[Mail]) -> tuple[Kind, str, bool]:
    """Judge the groups about recipients; a mail of ours has one."""
    for action in ("failed", "delayed"):
        for group in groups:
            if _field(group, "Action").lower().split(" ")[0] == action:
                words = _field(group, "Diagnostic-Code")
                code = replies.status(_field(group, "Status"), words)
                is_hard = action == "failed" and replies.says_gone(code, words)
                return Kind.HARD if is_hard else Kind.SOFT, code, action == "failed"
    return Kind.OTHER, "", True


def _free_words(mail: Mail, parts: list[Mail]) -> tuple[Kind, str, bool]:
    words = _words_before_the_copy(parts)
    subject = _field(mail, "Subject")
    tells = _UNDELIVERED.search(subject) or mail["X-Failed-Recipients"]
    if not replies.is_refusal(words) and not tells:
        return Kind.OTHER, "", True
    code = replies.status(words)
    if code.startswith("4") or _STILL_TRYING.search(subject):
        return Kind.SOFT, code, not _STILL_TRYING.search(f"{subject} {words}")
    return Kind.HARD if replies.says_gone(code, words) else Kind.SOFT, code, True


def _words_before_the_copy(parts: list[Mail]) -> str:
    for part in parts:
        if part.get_content_type() == "text/plain":
            words = _text(part)
            copy = _COPY.search(words)
            return words[: copy.start()] if copy else words
    return ""


def _is_automatic(mail: Mail) -> bool:
    """Return whether somebody's absence wrote this; servers call themselves automatic too."""
    answers = _field(mail, "Auto-Submitted").lower().startswith("auto-replied")
    marks = ("X-Autoreply", "X-Autorespond", "X-Auto-Response")
    says_so = any(mail[mark] for mark in marks)
    in_bulk = _field(mail, "Precedence").lower() == "auto_reply"
    by_subject = bool(_AUTOMATIC_SUBJECT.search(_field(mail, "Subject")))
    return says_so or in_bulk or by_subject or (answers and not _is_from_a_server(mail))


def _is_from_a_server(mail: Mail) -> bool:
    by_name = bool(_DAEMON.search(_field(mail, "From")))
    return by_name or _field(mail, "Return-Path") == "<>" or bool(mail["X-Failed-Recipients"])


def _keys(mail: Mail, parts: list[Mail]) -> tuple[uuid.UUID, ...]:
    """Return the keys of mails of ours: of the one that came back first, then of others named."""
    returned = (_field(part, "Message-ID") for part in parts if part is not mail)
    copies = (_text(part) for part in parts if part.get_content_maintype() == "text")
    named = (_field(mail, name) for name in ("In-Reply-To", "References"))
    found = (key for text in (*returned, *copies, *named) for key in _keys_in(text))
    return tuple(dict.fromkeys(found))


def _keys_in(text: str) -> Iterator[uuid.UUID]:
    for key, sender in composing.MESSAGE_KEY.findall(text):
        if sender.lower().rstrip(".") == composing.host():
            yield uuid.UUID(key)


def _field(mail: Mail, name: str) -> str:
    return str(mail.get(name, "")).strip()


def _text(part: Mail) -> str:
    payload = part.get_payload(decode=True)
    words = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return words[:_TEXT_READ]
