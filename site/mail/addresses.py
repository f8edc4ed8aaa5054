"""Comparing mail addresses, and keeping header lines on one line."""

import re
import unicodedata

_ADDRESS = re.compile(r"[^\s<>@\"']{1,64}@[\w.-]{1,255}")
_BIDI = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def normalise(address: str) -> str:
    """Return ``address`` as it is compared: trimmed, in NFC and in lower case."""
    return unicodedata.normalize("NFC", address.strip()).lower()


def masked(address: str) -> str:
    """Return ``address`` so that its owner knows it and others do not: "l…@example.org"."""
    name, _at, domain = address.strip().rpartition("@")
    return f"{name[:1]}…@{domain}"


def masked_within(text: str) -> str:
    """Return ``text`` with every address in it `masked`."""
    return _ADDRESS.sub(lambda found: masked(found[0]), text)


def one_line(text: str) -> str:
    """Return ``text`` on one line, without control characters and direction marks.

    What stands between two of them stays readable: each becomes a space.
    """
    return " ".join("".join(" " if _unfit(letter) else letter for letter in text).split())


def require_one_line(text: str) -> str:
    """Return ``text``; raises `ValueError` when a header must not hold it."""
    is_plain = text.isascii() and text.isprintable()  # a fast look at what nearly all are
    if not is_plain and any(_unfit(letter) for letter in text):
        raise ValueError("A header value is one line of printable text.")
    return text


def _unfit(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") or letter in _BIDI
