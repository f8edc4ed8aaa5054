"""What a member gets by mail: the digest, and news of conversations."""

from dataclasses import dataclass

from django.utils.functional import Promise
from wagtail.models import Page

from community.members import addresses, belonging
from community.notifications import links
from community.subscriptions.models import Subscription
from core import restrictions
from users.models import User

AT_MOST = 100  # conversations on the page; the export has all


@dataclass(frozen=True)
class Followed:
    """One conversation. ``page`` is there when everybody may read it."""

    page: Page | None
    scope: str | Promise
    stop_link: str


def of(user: User) -> Subscription | None:
    """Return the confirmed subscription of an address that ``user`` has proven, if any."""
    if not addresses.has_proven(user):
        return None
    return Subscription.objects.active().for_address(user.email).first()


def conversations_of(user: User) -> list[Followed]:
    """Return the conversations that ``user`` follows, newest first; two queries."""
    follows = belonging.follows_of(user).filter(active_at__isnull=False)[:AT_MOST]
    asked = [follow.page_id for follow in follows]
    public = Page.objects.filter(pk__in=asked).live().exclude(restrictions.private()).in_bulk()
    return [
        Followed(public.get(follow.page_id), follow.scope.label, links.stop(follow))
        for follow in follows
    ]
