"""Every mail about an account: written to the outbox, in the language of the page."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.members import addresses
from core import networks
from core.addresses import absolute
from mail import limits, outbox

PER_MEMBER = 10  # mails to log in by, in `limits.PER_ADDRESS_IN`
TO_LOG_IN = {"code", "reset"}
ABOUT_LOGGING_IN = {*TO_LOG_IN, "unknown"}  # the answers to who wants to log in

# allauth's names, and our folder of templates in `members/mail/`.
ASKED_FOR = {
    "account/email/email_confirmation_signup": "confirm",
    "account/email/email_confirmation": "confirm",
    "account/email/login_code": "code",
    "account/email/password_reset_code": "reset",
    "account/email/account_already_exists": "already",
    "account/email/unknown_account": "unknown",
}
# News about an account, of which its owner must always hear.
NEWS = {
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_reset": _("Your password was changed, with a code from an email."),
    "account/email/password_set": _("A password was added to your account."),
    "account/email/email_changed": _("The email address of your account was changed."),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey was taken off your account."),
    "socialaccount/email/account_connected": _("A login elsewhere was added to your account."),
    "socialaccount/email/account_disconnected": _("A login elsewhere was taken off your account."),
}


@transaction.atomic
def send(name: str, *, to: str, context: dict[str, Any], request: HttpRequest) -> None:
    """Write the mail that allauth calls ``name`` to the outbox.

    What anyone may ask for anyone's address is counted, and not written when that
    address or the network has had its share. The caller cannot tell, and must not.

    Raises `KeyError` for a mail that we have no words for.
    """
    if name in NEWS:
        _write("changed", to=to, context={"what": NEWS[name], "login_link": _link("account_login")})
        return
    now = timezone.now()
    key = networks.key(request, day=now.date())
    due_at, lets_in = _turn(ASKED_FOR[name], to, network_key=key, now=now)
    if due_at is not None:
        links = {"login_link": _link("account_login"), "signup_link": _link("account_signup")}
        known = {"code": context.get("code", ""), **links}
        how = {"due_at": due_at, "network_key": key, "lets_in": lets_in}
        _write(ASKED_FOR[name], to=to, context=known, **how)


def _turn(kind: str, to: str, *, network_key: str, now: datetime) -> tuple[datetime | None, bool]:
    """Return from when a mail may leave, if it may, and whether it lets in who proved the address.

    The share of an address is three mails a day, of all forms together, and what forms ask
    for waits when strangers ask too much. A code that lets a member in who has proven the
    address has a share and a queue of its own: else anyone could keep that member out, by
    typing the address into three forms, and everyone, by typing invented ones into many.

    Who stands in which queue cannot be told from how long an answer takes: when a mail to
    log in with is asked for, both are asked.
    """
    turn = limits.when(to, network_key=network_key, now=now)
    if kind not in ABOUT_LOGGING_IN:
        return turn, False
    sooner = limits.when(to, network_key=network_key, now=now, per_address=PER_MEMBER, lets_in=True)
    lets_in = kind in TO_LOG_IN and addresses.is_proven(to)
    return (sooner if lets_in else turn), lets_in


def _write(kind: str, *, to: str, context: dict[str, Any], **how: Any) -> None:
    outbox.enqueue(
        kind=f"members.{kind}",
        to=to,
        language=get_language() or settings.LANGUAGE_CODE,
        template=f"members/mail/{kind}",
        context=context,
        **how,
    )


def _link(name: str) -> str:
    return absolute(reverse(name))
