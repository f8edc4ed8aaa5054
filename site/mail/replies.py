"""What a mail server's refusal says about an address: is it gone, or is it only not now?

The codes are those of RFC 3463 and of the IANA registry of enhanced status codes.
"""

import re

# No such mailbox, no such domain, not an address, moved, takes no mail at all, disabled;
# and what Exchange Online says of a mailbox that it does not have.
_GONE = {"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.1"}
_ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_BASIC = re.compile(r"(?<![\d.])([45]\d\d)(?=[ -]|$)", re.MULTILINE)
_ABOUT_US = re.compile(
    r"quota|mailbox (?:is )?full|too large|spam|blocked|blacklist|blocklist|policy|reputation"
    r"|relay|denied|temporar|try again|timed? ?out",
    re.IGNORECASE,
)
_ABOUT_THEM = re.compile(
    r"(?:user|recipient|address|mailbox|account)(?: \S{1,80})? (?:is )?"
    r"(?:unknown|unavailable|invalid|disabled|inactive|not found|not known)"
    r"|(?:unknown|invalid|no such|no) (?:user|recipient|mailbox|address|account|person|domain)"
    r"|does(?: not|n't) (?:exist|have an? )|host or domain name not found",
    re.IGNORECASE,
)


def status(*texts: str) -> str:
    """Return the most telling status in ``texts``, or "" when there is none.

    A code such as 5.1.1 tells more than 5.0.0, and that more than 550.
    """
    found = [code for text in texts for code in _ENHANCED.findall(text)]
    telling = [code for code in found if not code.endswith(".0.0")]
    basic = [code for text in texts for code in _BASIC.findall(text)]
    return next(iter([*telling, *found, *basic]), "")


def says_gone(code: str, words: str = "") -> bool:
    """Return whether an address that was refused for good with ``code`` has no mailbox.

    Where the code leaves it open, the ``words`` decide: a mailbox that is full, or a
    server that takes us for a spammer, may take the next mail.
    """
    if "." in code and not code.endswith(".0.0"):
        return code in _GONE
    if not code.startswith("5") and not (code == "" and _ABOUT_THEM.search(words)):
        return False
    if _ABOUT_US.search(words):
        return False
    return bool(_ABOUT_THEM.search(words)) or code in ("5.0.0", "550", "551", "553")


def is_refusal(words: str) -> bool:
    """Return whether ``words`` read as a refusal at all."""
    return bool(status(words) or _ABOUT_US.search(words) or _ABOUT_THEM.search(words))
