"""What mail servers send back about a message of ours, as they really write it."""

from mail import composing
from mail.models import Bounce, Message

Kind = Bounce.Kind

_RETURNED = """\
Message-ID: {id}
From: Estafette <estafette@example.org>
To: {to}
Subject: Een bericht
"""

_NOTIFICATION = (
    """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
To: estafette@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Mon, 23 Nov 2026 09:00:00 +0100

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: {diagnosis}

--grens
Content-Type: {copy}

"""
    + _RETURNED
    + """
De tekst.
--grens--
"""
)

_COMPLAINT = (
    """\
From: <feedback@isp.example.net>
To: <abuse@example.org>
Subject: FW: Een bericht
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="grens"

--grens
Content-Type: text/plain; charset=us-ascii

This is an email abuse report for a message received from 192.0.2.1.

--grens
Content-Type: message/feedback-report

Feedback-Type: {sort}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Rcpt-To: <{to}>

--grens
Content-Type: message/rfc822

"""
    + _RETURNED
    + """
De tekst.
--grens--
"""
)

_HEAD = "From: Mail Delivery System <Mailer-Daemon@mx.example.net>\nTo: estafette@example.org\n"

IN_FREE_WORDS = {
    "exim": (
        "X-Failed-Recipients: {to}\nAuto-Submitted: auto-replied\n"
        + _HEAD
        + "Subject: Mail delivery failed: returning message to sender\n\n"
        "This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its\n"
        "recipients. This is a permanent error. The following address(es) failed:\n\n"
        "  {to}\n    host mx.example.net [192.0.2.7]\n"
        "    SMTP error from remote mail server after RCPT TO:<{to}>:\n"
        "    550 5.1.1 <{to}>: Recipient address rejected\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\n" + _RETURNED,
        Kind.HARD,
    ),
    "exim-warning": (
        _HEAD + "Subject: Warning: message 1abcDE-0001 delayed 24 hours\n\n"
        "This message was created automatically by mail delivery software.\n"
        "A message that you sent has not yet been delivered to one or more of its\n"
        "recipients. No action is required; delivery attempts will continue.\n\n" + _RETURNED,
        Kind.SOFT,
    ),
    "qmail": (
        "Return-Path: <>\nFrom: MAILER-DAEMON@qmail.example.net\nSubject: failure notice\n\n"
        "Hi. This is the qmail-send program at qmail.example.net.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        "<{to}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        "--- Below this line is a copy of the message.\n\n" + _RETURNED,
        Kind.HARD,
    ),
    "full": (
        _HEAD + "Subject: Returned mail: see transcript for details\n\n"
        "<{to}>... The mailbox is full, quota exceeded\n\n" + _RETURNED,
        Kind.SOFT,
    ),
    "exchange": (
        _HEAD + "Subject: Undeliverable: Een bericht\n\n"
        "Your message did not reach some or all of the intended recipients.\n"
        "The email account does not exist at the organization this message was sent to.\n"
        "      <mx.example.net #5.1.1 smtp;550 5.1.1 RESOLVER.ADR.RecipNotFound>\n\n" + _RETURNED,
        Kind.HARD,
    ),
    "away": (
        "From: Lezer <{to}>\nAuto-Submitted: auto-replied (vacation)\nIn-Reply-To: {id}\n"
        "Subject: Re: Een bericht\n\nIk ben er niet. Bel 550 5.1.1 voor spoed.\n",
        Kind.OTHER,
    ),
    "away-by-subject": (
        "Return-Path: <>\nFrom: Lezer <{to}>\nIn-Reply-To: {id}\n"
        "Subject: Automatisch antwoord: Een bericht\n\nUser unknown is weer een goed lied.\n",
        Kind.OTHER,
    ),
    "a-person": (
        "From: Lezer <{to}>\nIn-Reply-To: {id}\nSubject: Re: Een bericht\n\n"
        "Mijn server zei: 550 5.1.1 user unknown. Hoe kan dat?\n",
        Kind.OTHER,
    ),
}


def notification(
    message: Message,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    diagnosis: str = "smtp; 550 5.1.1 no such user",
    copy: str = "message/rfc822",
) -> bytes:
    """Return a delivery status notification about ``message`` (RFC 3464)."""
    return filled(
        _NOTIFICATION, message, status=status, action=action, diagnosis=diagnosis, copy=copy
    )


def complaint(message: Message, *, sort: str = "abuse") -> bytes:
    """Return a complaint about ``message`` (RFC 5965)."""
    return filled(_COMPLAINT, message, sort=sort)


def filled(words: str, message: Message, **more: str) -> bytes:
    return words.format(to=message.to, id=composing.message_id(message), **more).encode()
