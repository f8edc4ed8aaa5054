"""What people may do with the outbox: see addresses, send again, cancel, lift a suppression."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from mail import states
from mail import suppression as suppressing
from mail.models import Message, Suppression
from users.models import User


def may_see_addresses(user: User) -> bool:
    return user.has_perm("mail.see_addresses")


def may_handle(user: User) -> bool:
    return user.has_perm("mail.change_message")


def try_again(message: Message, *, user: User, now: datetime) -> bool:
    """Let ``message`` leave from ``now`` on; return whether it could.

    One that failed gets one more try for each time that this is asked: what the wait
    after a try comes to is counted from its first. Raises `PermissionDenied`.
    """
    return _handle(message, "mail.try_again", user, states.requeue, now=now)


def cancel(message: Message, *, user: User) -> bool:
    """Drop ``message`` if it has not left; return whether it had not.

    Raises `PermissionDenied`.
    """
    return _handle(message, "mail.cancel", user, states.cancel)


@transaction.atomic
def suppress(address: str, *, user: User, note: str) -> Suppression:
    """Let ``address`` get no mail from now on, because of what ``note`` says.

    Raises `PermissionDenied`.
    """
    if not user.has_perm("mail.add_suppression"):
        raise PermissionDenied
    suppression = suppressing.suppress(address, Suppression.Reason.MANUAL, note=note)
    log(suppression, "wagtail.create", user=user)
    return suppression


@transaction.atomic
def lift(suppression: Suppression, *, user: User, reason: str) -> None:
    """Let the address have mail again; who did it and why stays in the log.

    Raises `PermissionDenied`.
    """
    if not user.has_perm("mail.delete_suppression"):
        raise PermissionDenied
    log(suppression, "mail.lift", user=user, deleted=True, data={"reason": reason})
    suppression.delete()


@transaction.atomic
def _handle(message: Message, action: str, user: User, change, **details) -> bool:
    if not may_handle(user):
        raise PermissionDenied
    changed = bool(change(Message.objects.filter(pk=message.pk), **details))
    if changed:
        log(message, action, user=user)
    return changed
