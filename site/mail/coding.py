"""The parts of a mail as bytes: quoted-printable, in lines of 76 characters (RFC 2045, 6.7)."""

import binascii
from collections.abc import Iterator, Mapping
from functools import lru_cache

from django.utils.html import escape

from mail import marking
from mail.models import Message

PARTS_KEPT = 128  # of mails for many, that are coded already; some 40 KB each
_SOFT_BREAK = b"=\r\n"
_BARE_BREAK = b"=\n"


def plain(message: Message) -> list[bytes]:
    """Return the plain text of ``message`` with its headers, in pieces, as `_code` does."""
    if message.body is None:
        return [_head("plain"), _coded(message.own_text)]
    return [_head("plain"), *_filled(message.body.text, message.body.marks, message.own)]


def html(message: Message) -> list[bytes]:
    """Return the HTML of ``message`` with its headers, in pieces, as `_code` does."""
    if message.body is None:
        return [_head("html"), _coded(message.own_html)]
    escaped = {name: escape(words) for name, words in message.own.items()}
    return [_head("html"), *_filled(message.body.html, message.body.marks, escaped)]


def _head(kind: str) -> bytes:
    head = f'Content-Type: text/{kind}; charset="utf-8"\r\n'
    return head.encode() + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"


def _filled(words: str, marks: Mapping[str, str], own: Mapping[str, str]) -> Iterator[bytes]:
    """Break the line before and after what is own, so that none becomes too long."""
    for number, piece in enumerate(_pieces(words, tuple(marks.items()))):
        if number:
            yield _SOFT_BREAK
        yield piece if isinstance(piece, bytes) else _code(own[piece])


@lru_cache(maxsize=PARTS_KEPT)
def _pieces(words: str, marks: tuple[tuple[str, str], ...]) -> list[bytes | str]:
    """Return what all copies say, coded once, with the names of what is a copy's own between."""
    cut = marking.cut(_ended(words), dict(marks))
    return [piece if odd % 2 else _code(piece) for odd, piece in enumerate(cut)]


def _coded(words: str) -> bytes:
    return _code(_ended(words))


def _ended(words: str) -> str:
    """Return ``words`` so that their last line has its end."""
    return words if words.endswith(("\n", "\r")) else f"{words}\n"


def _code(words: str) -> bytes:
    """Return ``words``, with which a line begins, as they go over the wire.

    Each dot that begins a line is doubled there (RFC 5321, 4.5.2).
    """
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    coded = binascii.b2a_qp(lines.encode("utf-8", "replace"), istext=True)
    # Its soft breaks have the line end of the text: where that has none, a bare LF.
    ended = coded if "\n" in lines else coded.replace(_BARE_BREAK, _SOFT_BREAK)
    dotted = ended.replace(b"\r\n.", b"\r\n..")
    return b"." + dotted if dotted.startswith(b".") else dotted
