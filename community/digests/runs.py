"""Past runs in figures. Who opened a mail or followed a link is not known, and never asked."""

from datetime import datetime
from typing import TypedDict

from django.db.models import Count, Exists, F, OuterRef, Q

from community.digests.models import Delivery
from mail.models import Message

MOST = 10  # runs shown

State = Message.State
_OPEN = Q(written_at__isnull=True)


class Figures(TypedDict):
    """One run, named by where its digests end. ``unsubscribed``: after it and before the next."""

    until: datetime
    made: int
    accepted: int
    under_way: int
    deferred: int
    bounced: int
    unsubscribed: int


def latest() -> list[Figures]:
    """Return the last runs that made a digest, newest first; two queries.

    Of mails that the outbox has forgotten, only that they were made is known.
    """
    ends = Delivery.objects.order_by("-until").values_list("until", flat=True).distinct()[:MOST]
    of_these = Delivery.objects.filter(until__in=list(ends)).order_by("-until").values("until")
    return list(
        of_these.annotate(
            made=Count("pk"),
            accepted=_in(State.SENT),
            under_way=_in(State.QUEUED, State.SENDING) + Count("pk", filter=_OPEN),
            deferred=_in(State.DEFERRED),
            bounced=_in(State.FAILED, State.SUPPRESSED),
            unsubscribed=Count("pk", filter=_left()),
        )
    )


def _in(*states: str) -> Count:
    return Count("pk", filter=Q(message__state__in=states))


def _left() -> Q:
    """Return which deliveries were the last one before their reader left."""
    mine = Delivery.objects.filter(subscription=OuterRef("subscription"))
    later = mine.filter(until__gt=OuterRef("until"))
    return Q(subscription__ended_at__gte=F("until")) & ~Q(Exists(later))
