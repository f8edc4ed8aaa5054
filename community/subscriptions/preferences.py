"""What a reader changes about the digest without logging in, by a link in every mail."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from community.subscriptions import choosing, subscriptions, tokens
from community.subscriptions.models import Subscription
from community.subscriptions.schedules import Schedule
from community.subscriptions.selections import Selection
from mail.models import Message

KINDS = (subscriptions.DIGEST, "subscriptions.confirm", "subscriptions.already")


def look(token: str) -> Subscription:
    """Return the subscription that ``token`` is for; change nothing.

    Raises `tokens.BadToken`, and `Subscription.DoesNotExist` when it was deleted.
    """
    return Subscription.objects.get(public_id=tokens.read(tokens.PREFERENCES, token))


@transaction.atomic
def change(
    subscription: Subscription,
    *,
    selection: Selection,
    schedule: Schedule,
    language: str,
    now: datetime,
) -> Subscription:
    """Let ``subscription`` be about ``selection``, at the moments of ``schedule``.

    The next digest begins where the last one stopped, whatever is chosen. One that is
    already due stays so, unless its reader pauses.

    Raises `subscriptions.Ended` when it does not run.
    """
    mine = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if mine.state != Subscription.State.CONFIRMED:
        raise subscriptions.Ended
    wishes = {**asdict(schedule), "language": language}
    for name, value in wishes.items():
        setattr(mine, name, value)
    due = mine.next_digest_at is not None and mine.next_digest_at <= now
    if not due or schedule.paused_until:
        mine.next_digest_at = schedule.next_moment(after=now)
    mine.save(update_fields=[*wishes, "next_digest_at"])
    choosing.choose(mine, selection)
    return mine


@transaction.atomic
def erase(subscription: Subscription, *, now: datetime) -> None:
    """Forget ``subscription``, its proof of consent and the mails about it; harmless twice.

    Of an account, comments and other mails with the same address nothing changes.
    """
    subscriptions.end(subscription, now=now)
    Message.objects.to_address(subscription.email).filter(kind__in=KINDS).delete()
    Subscription.objects.filter(pk=subscription.pk).delete()
