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


def hand_over(server: smtplib.SMTP, message: Message) -> None:
    """Give ``message`` to ``server``, its envelope in one go where that is allowed (RFC 2920).

    Raises what `smtplib.SMTP.sendmail` raises.
    """
    content = write(message)
    server.ehlo_or_helo_if_needed()
    if not server.has_extn("pipelining"):
        server.sendmail(_sender()[0], [message.to], content)
        return
    _announce(server, _sender()[0], message.to, len(content))
    server.send(content.replace(b"\r\n.", b"\r\n..") + b".\r\n")
    code, words = server.getreply()
    if code != 250:
        _clear(server, code)
        raise smtplib.SMTPDataError(code, words)


def _announce(server: smtplib.SMTP, sender: str, to: str, size: int) -> None:
    """Say from whom and to whom the next mail is, and wait until it may come."""
    room = f" SIZE={size}" if server.has_extn("size") else ""
    server.send(f"MAIL FROM:<{sender}>{room}\r\nRCPT TO:<{to}>\r\nDATA\r\n".encode("ascii"))
    from_us, to_them, data = (server.getreply() for _command in range(3))
    if from_us[0] == 250 and to_them[0] in (250, 251) and data[0] == 354:
        return
    if data[0] == 354:  # nobody is left to mail to, but the server waits for a text
        server.send(b".\r\n")
        server.getreply()
    _clear(server, data[0])
    if from_us[0] != 250:
        raise smtplib.SMTPSenderRefused(*from_us, sender)
    if to_them[0] not in (250, 251):
        raise smtplib.SMTPRecipientsRefused({to: to_them})
    raise smtplib.SMTPDataError(*data)


def _clear(server: smtplib.SMTP, code: int) -> None:
    if code == 421:
        server.close()
    else:
        server.rset()


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
