"""A mail as bytes, and its way over a connection that is open.

Django makes a mail by way of Python's email package, which takes ten times as long as
handing it over does. A mail of ours has one shape, so it is put together here; the test
holds it to say the same as Django's.
"""

import re
import smtplib
from email.header import Header
from email.utils import formataddr, formatdate, parseaddr
from functools import lru_cache

from django.conf import settings

from mail import coding, composing
from mail.models import Message

_CRLF = b"\r\n"
_PLAIN = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_FITS = 900  # characters of a header that needs no folding (RFC 5322, 2.1.1: 998)


def can_be_wired(message: Message) -> bool:
    """Return whether ``message`` is of the shape that is put together here."""
    return _PLAIN.fullmatch(message.to) is not None


def write(message: Message) -> bytes:
    """Return ``message`` as bytes with CRLF; raises `ValueError` when no mail can be made of it."""
    head = {
        "Subject": message.subject,
        "From": _sender()[1],
        "To": message.to,
        "Date": formatdate(),
        **composing.headers(message),
        "MIME-Version": "1.0",
    }
    lines = [_header(name, str(value)) for name, value in head.items()]
    text = coding.plain(message)
    if not message.has_html:
        return _CRLF.join([*lines, text])
    boundary = f"=_{message.key.hex}"
    kind = _header("Content-Type", f'multipart/alternative; boundary="{boundary}"')
    mark = f"--{boundary}".encode()
    end = [mark, text, mark, coding.html(message), mark + b"--", b""]
    return _CRLF.join([*lines, kind, b"", *end])


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
        content = write(message)
        self.server.ehlo_or_helo_if_needed()
        if not self.server.has_extn("pipelining"):
            self.server.sendmail(_sender()[0], [message.to], content)
            return
        if self.announced is None:
            self.server.send(self._envelope(message))
        self.announced = None
        self._expect_go_ahead(message)
        next_one = self._envelope(then) if then is not None else b""
        self.server.send(content.replace(b"\r\n.", b"\r\n..") + b".\r\n" + next_one)
        self.announced = then
        code, words = self.server.getreply()
        if code != 250:
            self._clear(code)
            raise smtplib.SMTPDataError(code, words)

    def cut(self) -> None:
        """Leave without a goodbye where the server waits for a mail that does not come."""
        if self.announced is not None:
            self.announced = None
            self.server.close()

    def _envelope(self, message: Message) -> bytes:
        sender = _sender()[0]
        return f"MAIL FROM:<{sender}>\r\nRCPT TO:<{message.to}>\r\nDATA\r\n".encode("ascii")

    def _expect_go_ahead(self, message: Message) -> None:
        """Read what is said to the envelope of ``message``: that its text may come."""
        from_us, to_them, data = (self.server.getreply() for _command in range(3))
        if from_us[0] == 250 and to_them[0] in (250, 251) and data[0] == 354:
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
    return f"{name}: {value}".encode("ascii")


def _sender() -> tuple[str, str]:
    """Return our address, and what stands in From."""
    return _parsed(settings.DEFAULT_FROM_EMAIL)


@lru_cache(maxsize=8)
def _parsed(address: str) -> tuple[str, str]:
    name, plain = parseaddr(address)
    return plain, formataddr((name, plain)) if name else plain
