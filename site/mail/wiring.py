"""A mail as bytes, and its way over a connection that is open.

Django makes a mail by way of Python's email package, which takes ten times as long as
handing it over does. A mail of ours has one shape, so it is put together here; the test
holds it to say the same as Django's.
"""

import re
import smtplib
import time
from collections.abc import Callable
from email.header import Header
from email.utils import formataddr, formatdate, parseaddr
from functools import lru_cache

from django.conf import settings

from mail import coding, composing
from mail.models import Message

Reply = tuple[int, bytes]
_CRLF = b"\r\n"
_PLAIN = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_GOOD = ({250}, {250, 251}, {354})  # what is said to an envelope that is taken
_FITS = 900  # characters of a header that needs no folding (RFC 5322, 2.1.1: 998)


def can_be_wired(message: Message) -> bool:
    """Return whether ``message`` is of the shape that is put together here."""
    return _PLAIN.fullmatch(message.to) is not None


def write(message: Message) -> bytes:
    """Return ``message`` as bytes with CRLF; raises `ValueError` when no mail can be made of it."""
    return b"".join(_wired(message)).replace(b"\r\n..", b"\r\n.")


def _wired(message: Message) -> list[bytes]:
    """Return ``message`` as it goes over the wire, in pieces: see `coding`."""
    head = {
        "Subject": message.subject,
        "From": _sender()[1],
        "To": message.to,
        "Date": _date(int(time.time())),
        **composing.headers(message),
        "MIME-Version": "1.0",
    }
    lines = b"".join(_header(name, str(value)) for name, value in head.items())
    text = coding.plain(message)
    if not message.has_html:
        return [lines, *text]
    boundary = f"=_{message.key.hex}"
    kind = _header("Content-Type", f'multipart/alternative; boundary="{boundary}"')
    mark = f"\r\n--{boundary}".encode()
    return [lines, kind, mark, _CRLF, *text, mark, _CRLF, *coding.html(message), mark, b"--\r\n"]


class Wire:
    """The way of mails over one open connection.

    Where the server allows commands together (RFC 2920) the envelope of the next mail goes
    with the text of the one before, so that each costs one turn of the conversation. The
    mail that is ``announced`` has to be handed over next, or the connection be cut.
    """

    def __init__(self, server: smtplib.SMTP) -> None:
        self.server = server
        self.announced: Message | None = None

    def hand_over(self, message: Message, *, then: Message | None = None) -> None:
        """Give ``message`` to the server, and say that ``then`` comes next.

        Raises what `smtplib.SMTP.sendmail` raises.
        """
        content = _wired(message)
        self.server.ehlo_or_helo_if_needed()
        can_announce = self.server.has_extn("pipelining")
        self._expect_go_ahead(message, self._together if can_announce else self._one_by_one)
        next_one = _envelope(then) if then is not None and can_announce else []
        self.server.send(b"".join([*content, b".\r\n", *next_one]))
        self.announced = then if can_announce else None
        code, words = self.server.getreply()
        if code != 250:
            self._clear(code)
            raise smtplib.SMTPDataError(code, words)

    def cut(self) -> None:
        """Leave without a goodbye where the server waits for a mail that does not come."""
        if self.announced is not None:
            self.announced = None
            self.server.close()

    def _together(self, message: Message) -> list[Reply]:
        """Read what is said to the envelope of ``message``, which may have gone before."""
        if self.announced is None:
            self.server.send(b"".join(_envelope(message)))
        self.announced = None
        return [self.server.getreply() for _command in range(3)]

    def _one_by_one(self, message: Message) -> list[Reply]:
        """Give the envelope of ``message`` until one is refused: that answers the rest too."""
        replies: list[Reply] = []
        for command, good in zip(_envelope(message), _GOOD, strict=True):
            self.server.send(command)
            replies.append(self.server.getreply())
            if replies[-1][0] not in good:
                break
        return replies + replies[-1:] * (3 - len(replies))

    def _expect_go_ahead(self, message: Message, ask: Callable[[Message], list[Reply]]) -> None:
        """Give the envelope of ``message``, and hear that its text may come."""
        replies = from_us, to_them, data = ask(message)
        if all(code in good for (code, _words), good in zip(replies, _GOOD, strict=True)):
            return
        if data[0] == 354:  # nobody is left to mail to, but the server waits for a text
            self.server.send(b".\r\n")
            self.server.getreply()
        self._clear(data[0])
        if from_us[0] != 250:
            raise smtplib.SMTPSenderRefused(*from_us, _sender()[0])
        if to_them[0] not in (250, 251):
            raise smtplib.SMTPRecipientsRefused({message.to: to_them})
        raise smtplib.SMTPDataError(*data)

    def _clear(self, code: int) -> None:
        if code == 421:
            self.announced = None
            self.server.close()
        elif self.announced is None:
            self.server.rset()


@lru_cache(maxsize=1000)
def _header(name: str, value: str) -> bytes:
    if any(end in name + value for end in "\r\n"):
        raise ValueError("A header value is one line.")
    if not value.isascii() or len(value) > _FITS:
        value = Header(value, "utf-8", header_name=name).encode(linesep="\r\n")
    return f"{name}: {value}\r\n".encode("ascii")


def _envelope(message: Message) -> list[bytes]:
    return [
        f"MAIL FROM:<{_sender()[0]}>\r\n".encode("ascii"),
        f"RCPT TO:<{message.to}>\r\n".encode("ascii"),
        b"DATA\r\n",
    ]


@lru_cache(maxsize=2)
def _date(second: int) -> str:
    """Return ``second`` as mails tell it; those of one second share it."""
    return formatdate(second)


def _sender() -> tuple[str, str]:
    """Return our address, and what stands in From."""
    return _parsed(settings.DEFAULT_FROM_EMAIL)


@lru_cache(maxsize=8)
def _parsed(address: str) -> tuple[str, str]:
    name, plain = parseaddr(address)
    return plain, formataddr((name, plain)) if name else plain
