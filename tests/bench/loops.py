"""Bare loops to hold the outbox against: ``python -m tests.bench.loops raw|send PORT COUNT FILE``.

``raw`` gives the ready bytes of FILE to smtplib; ``send`` has Django make and send each mail.
They say when they are ready, and begin when told to.
"""

import smtplib
import sys
from pathlib import Path

SENDER = "estafette@example.org"


def raw(port: int, count: int, content: bytes) -> None:
    with smtplib.SMTP("127.0.0.1", port) as server:
        for number in range(count):
            server.sendmail(SENDER, [f"lezer{number}@example.org"], content)


def send(port: int, count: int, content: bytes) -> None:
    from email import message_from_bytes, policy

    from django.conf import settings
    from django.core.mail import EmailMultiAlternatives

    from config import mailers

    for name, value in mailers.mail_through(host="127.0.0.1", port=port).items():
        setattr(settings, name, value)
    if hasattr(settings, "MAIL_SERVER_BACKEND"):
        settings.EMAIL_BACKEND = settings.MAIL_SERVER_BACKEND
    text, html = message_from_bytes(content, policy=policy.default).iter_parts()
    words, markup = text.get_content(), html.get_content()
    for number in range(count):
        mail = EmailMultiAlternatives("Overzicht", words, to=[f"lezer{number}@example.org"])
        mail.attach_alternative(markup, "text/html")
        mail.send()


if __name__ == "__main__":
    name, port, count, file = sys.argv[1:]
    if name == "send":
        from tests.sender import start_django

        start_django()
    content = Path(file).read_bytes()
    print("ready", flush=True)
    sys.stdin.readline()
    {"raw": raw, "send": send}[name](int(port), int(count), content)
    print(0, flush=True)
