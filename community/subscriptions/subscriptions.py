"""From a typed address to a reader who wants digests, and back."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from community.subscriptions import choosing, links, offers, tokens
from community.subscriptions.consent import Consent
from community.subscriptions.models import USUAL_HOUR, Agreement, Subscription
from community.subscriptions.selections import EVERYTHING, Selection
from mail import limits, outbox

CONFIRMATION_VALID_FOR = timedelta(days=7)
DIGEST = "digests.digest"  # the kind of mail that a subscription is for

PERIODS = {
    Subscription.Frequency.AT_ONCE: timedelta(days=1),
    Subscription.Frequency.DAILY: timedelta(days=1),
    Subscription.Frequency.WEEKLY: timedelta(days=7),
    Subscription.Frequency.MONTHLY: timedelta(days=31),
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
    selection: Selection = EVERYTHING,
    weekday: int = Subscription.Weekday.MONDAY,
    hour: int = USUAL_HOUR,
    network_key: str = "",
) -> None:
    """Write down that someone asks digests for ``email``, and mail that address.

    Nobody has proven to own it yet: what was agreed waits for the link in the
    mail, and a subscription that was confirmed, or ended, changes in nothing. An
    address that has had its share of mails gets none. The caller cannot tell
    these apart, and must not.
    """
    due_at = limits.when(email, network_key=network_key, now=now)
    if due_at is None:
        return
    post: dict = {"due_at": due_at, "network_key": network_key}
    subscription = Subscription.objects.select_for_update().for_address(email).first()
    if subscription is not None and subscription.state == State.CONFIRMED:
        _mail(subscription.email, subscription, "already", _ways(subscription, selection), **post)
        return
    agreement = Agreement(
        frequency=frequency,
        weekday=weekday,
        hour=hour,
        language=language,
        choices=selection.pairs(),
        consent_text=consent.text,
        consent_version=consent.version,
        consent_page=consent.page,
        requested_at=now,
    )
    agreement.subscription = _pending(subscription or Subscription(email=email), agreement)
    agreement.save()
    words = {"link": links.confirm(agreement), "days": CONFIRMATION_VALID_FOR.days}
    _mail(agreement.subscription.email, agreement, "confirm", words, **post)


def look(token: str) -> Agreement:
    """Return the agreement that the confirmation link ``token`` is for; change nothing.

    Raises `tokens.BadToken`, `tokens.Expired`, `Ended`, and
    `Subscription.DoesNotExist` when it was deleted in the meantime.
    """
    public_id = tokens.read(tokens.CONFIRM, token, max_age=CONFIRMATION_VALID_FOR)
    agreement = Agreement.objects.select_related("subscription").filter(public_id=public_id).first()
    if agreement is None:
        raise Subscription.DoesNotExist
    _refuse_ended(agreement.subscription, agreement)
    return agreement


@transaction.atomic
def confirm(token: str, *, now: datetime) -> Subscription:
    """Start digests as was agreed in what ``token`` was mailed for.

    The first digest is due at once and looks one period back, so that a new
    reader does not wait for a week. Confirming twice is harmless, and so is
    another link to a subscription that runs: that changes nothing.

    Raises what `look` raises.
    """
    agreement = look(token)
    mine = Subscription.objects.select_for_update()
    subscription = mine.get(pk=agreement.subscription_id)
    _refuse_ended(subscription, agreement)
    if subscription.state == State.CONFIRMED:
        return subscription
    Agreement.objects.filter(pk=agreement.pk).update(confirmed_at=now)
    _take_over(agreement.terms, subscription)
    subscription.state = State.CONFIRMED
    subscription.confirmed_at, subscription.ended_at = now, None
    subscription.digested_until = now - PERIODS[Subscription.Frequency(subscription.frequency)]
    subscription.next_digest_at, subscription.paused_until = now, None
    subscription.save()
    choosing.choose(subscription, Selection.of(agreement.choices))
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
    running = subscription.agreements.filter(confirmed_at__isnull=False, ended_at__isnull=True)
    running.update(ended_at=now)
    outbox.stop(kind=DIGEST, to=subscription.email)


def _ways(subscription: Subscription, wanted: Selection) -> dict[str, str]:
    """Return where a reader adds ``wanted`` to what is chosen, and where it stops."""
    values = [] if wanted.is_everything else offers.values_of(wanted)
    return {
        "preferences_link": links.preferences(subscription, wanted=values),
        "unsubscribe_link": links.unsubscribe(subscription),
    }


def _refuse_ended(subscription: Subscription, agreement: Agreement) -> None:
    """Raise `Ended` when ``subscription`` was ended after ``agreement`` was asked for."""
    ended_at = subscription.ended_at if subscription.state == State.ENDED else None
    if ended_at is not None and agreement.requested_at <= ended_at:
        raise Ended


def _pending(subscription: Subscription, agreement: Agreement) -> Subscription:
    """Store ``subscription`` with what was asked for last; an ended one stays as it was."""
    if subscription.state == State.PENDING:
        _take_over(agreement.terms, subscription)
        subscription.save()
    return subscription


def _take_over(terms: dict[str, Any], subscription: Subscription) -> None:
    for name, value in terms.items():
        setattr(subscription, name, value)


def _mail(
    to: str,
    in_words_of: Agreement | Subscription,
    name: str,
    context: dict,
    *,
    due_at: datetime,
    network_key: str,
) -> None:
    outbox.enqueue(
        kind=f"subscriptions.{name}",
        to=to,
        language=in_words_of.language,
        template=f"subscriptions/mail/{name}",
        context=context,
        due_at=due_at,
        network_key=network_key,
    )
