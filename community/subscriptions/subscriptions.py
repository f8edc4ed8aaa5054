"""From a typed address to a reader who wants digests, and back."""

from datetime import datetime, timedelta

from django.db import transaction

from community.subscriptions import links, tokens
from community.subscriptions.consent import Consent
from community.subscriptions.models import Subscription
from mail import limits, outbox

CONFIRMATION_VALID_FOR = timedelta(days=7)
DIGEST = "digests.digest"  # the kind of mail that a subscription is for

PERIODS = {
    Subscription.Frequency.DAILY: timedelta(days=1),
    Subscription.Frequency.WEEKLY: timedelta(days=7),
}

State = Subscription.State


class Ended(ValueError):
    """The link is of a subscription that has been ended since."""


@transaction.atomic
def request(
    *,
    email: str,
    frequency: str,
    language: str,
    consent: Consent,
    now: datetime,
    network_key: str = "",
) -> None:
    """Write down that someone asks digests for ``email``, and mail that address.

    Nobody has proven to own it yet: a new or ended subscription waits for the
    link in the mail, and a confirmed one changes in nothing. An address that
    has had its share of mails gets none. The caller cannot tell these apart,
    and must not.
    """
    due_at = limits.when(email, network_key=network_key, now=now)
    if due_at is None:
        return
    post: dict = {"due_at": due_at, "network_key": network_key}
    subscription = Subscription.objects.select_for_update().for_address(email).first()
    if subscription is not None and subscription.state == State.CONFIRMED:
        _mail(
            subscription, "already", {"unsubscribe_link": links.unsubscribe(subscription)}, **post
        )
        return
    subscription = subscription or Subscription(email=email)
    _wait_for_confirmation(subscription, frequency, language, consent, now)
    days = CONFIRMATION_VALID_FOR.days
    _mail(subscription, "confirm", {"link": links.confirm(subscription), "days": days}, **post)


def look(token: str) -> Subscription:
    """Return the subscription that the confirmation link ``token`` is for; change nothing.

    Raises `tokens.BadToken`, `tokens.Expired`, `Ended`, and
    `Subscription.DoesNotExist` when it was deleted in the meantime.
    """
    public_id = tokens.read(tokens.CONFIRM, token, max_age=CONFIRMATION_VALID_FOR)
    subscription = Subscription.objects.get(public_id=public_id)
    if subscription.state == State.ENDED:
        raise Ended
    return subscription


@transaction.atomic
def confirm(token: str, *, now: datetime) -> Subscription:
    """Start the digests of the subscription that ``token`` was mailed for.

    The first digest is due at once and looks one period back, so that a new
    reader does not wait for a week. Confirming twice is harmless: the second
    time changes nothing.

    Raises what `look` raises.
    """
    subscription = look(token)
    Subscription.objects.filter(pk=subscription.pk, state=State.PENDING).update(
        state=State.CONFIRMED,
        confirmed_at=now,
        digested_until=now - PERIODS[Subscription.Frequency(subscription.frequency)],
        next_digest_at=now,
    )
    subscription.refresh_from_db()
    return subscription


def end_by_link(token: str, *, now: datetime) -> None:
    """End the subscription of the unsubscribe link ``token``, however old that is.

    Twice is harmless, and so is a subscription that no longer exists: its
    reader gets no digests, as asked.

    Raises `tokens.BadToken`.
    """
    public_id = tokens.read(tokens.UNSUBSCRIBE, token)
    subscription = Subscription.objects.filter(public_id=public_id).first()
    if subscription is not None:
        end(subscription, now=now)


@transaction.atomic
def end(subscription: Subscription, *, now: datetime) -> None:
    """Stop the digests of ``subscription``, and those already on their way to the mail server."""
    Subscription.objects.filter(pk=subscription.pk).exclude(state=State.ENDED).update(
        state=State.ENDED, ended_at=now
    )
    outbox.cancel(kind=DIGEST, to=subscription.email)


def _wait_for_confirmation(
    subscription: Subscription, frequency: str, language: str, consent: Consent, now: datetime
) -> None:
    subscription.state = State.PENDING
    subscription.frequency = frequency
    subscription.language = language
    subscription.consent_text = consent.text
    subscription.consent_version = consent.version
    subscription.consent_page = consent.page
    subscription.requested_at = now
    subscription.confirmed_at = subscription.ended_at = None
    subscription.save()


def _mail(
    subscription: Subscription, name: str, context: dict, *, due_at: datetime, network_key: str
) -> None:
    outbox.enqueue(
        kind=f"subscriptions.{name}",
        to=subscription.email,
        language=subscription.language,
        template=f"subscriptions/mail/{name}",
        context=context | {"subscription": subscription},
        due_at=due_at,
        network_key=network_key,
    )
