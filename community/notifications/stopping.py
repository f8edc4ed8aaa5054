"""Ending all that one mail was sent for, by the one link in its head."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from community.notifications import following, links, silences
from community.notifications.models import Follow, Kind, Silence


@dataclass(frozen=True)
class Reason:
    """One thing that a mail was sent for: a ``follow``, or a kind that is switched off."""

    kind: Kind
    follow: Follow | None = None
    silence: Silence | None = None


def found_by(token: str) -> list[Reason]:
    """Return what the link ``token`` ends that has not ended yet; two queries and one a kind.

    Raises `links.BadToken`.
    """
    words = links.read_stop_all(token)
    keys = [word for word in words if "-" not in word]
    follows = Follow.objects.filter(public_id__in=keys).select_related("page", "user")
    found = [Reason(Kind(follow.scope), follow=follow) for follow in follows.order_by("pk")]
    wanted = [silences.read(word) for word in words if "-" in word]
    return found + [Reason(Kind(one.kind), silence=one) for one in wanted if one]


@transaction.atomic
def stop_all(token: str, *, now: datetime) -> None:
    """End what the link ``token`` ends, and drop its mails that have not left; harmless twice.

    Raises `links.BadToken`.
    """
    for reason in found_by(token):
        if reason.follow:
            following.end(reason.follow)
        elif reason.silence:
            silence = reason.silence
            silences.begin(reason.kind, user=silence.user, address_key=silence.address_key, now=now)
