"""Taking mails to readers back that have not left: what else was in them is told anew."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from community.comments import mails
from community.comments.models import Comment
from community.notifications.models import News
from community.notifications.models.kinds import ABOUT_COMMENTS
from community.notifications.models.news import HELD
from mail import outbox
from mail.addresses import normalise
from mail.housekeeping import WORDS_KEPT_FOR
from mail.models import Message, MessageQuerySet

ALONE = {kind: f"notifications.{kind}" for kind in ABOUT_COMMENTS}
SEVERAL = "notifications.several"


def about(bundle: uuid.UUID) -> str:
    """Return the name by which the outbox knows mails about several comments."""
    return f"bundle:{bundle.hex}"


@transaction.atomic
def recall_about(comment: Comment) -> int:
    """Drop the mails to readers about ``comment`` that have not left; return how many."""
    alone = sum(outbox.cancel(kind=kind, about=mails.about(comment)) for kind in ALONE.values())
    return alone + sum(_recall(bundle, Message.objects.waiting()) for bundle in _bundles(comment))


@transaction.atomic
def forget_about(comment: Comment) -> None:
    """Drop all mails about ``comment``, and forget the words of those that have left."""
    names = [mails.about(comment), *map(about, _bundles(comment))]
    recall_about(comment)
    for name in names:
        outbox.forget(about=name)


@transaction.atomic
def recall_because_of(wish: str, address: str) -> int:
    """Drop the mails to ``address`` that ``wish`` was a reason for; return how many.

    The link that ends it is in their headers; see `links.read_stop_all`. One about several
    comments that a sender is at work on may tell of others, so that one leaves.
    """
    mine = Message.objects.to_address(address)
    told = mine.undone().filter(kind__in=[*ALONE.values(), SEVERAL])
    found = told.only("kind", "about", "headers")
    meant = [row for row in found if wish in row.headers.get("List-Unsubscribe", "")]
    alone = outbox.stop_these(row.pk for row in meant if row.kind != SEVERAL)
    bundles = {uuid.UUID(row.about.partition(":")[2]) for row in meant if row.kind == SEVERAL}
    return alone + sum(_recall(bundle, mine.waiting()) for bundle in bundles)


def _recall(bundle: uuid.UUID, waiting: MessageQuerySet) -> int:
    """Drop those of the mails ``waiting`` about ``bundle`` that have not left; return how many.

    Their readers hear of what was in it with the next mail, as far as that is to be
    told still.
    """
    keys = list(waiting.filter(kind=SEVERAL, about=about(bundle)).values_list("pk", flat=True))
    dropped = outbox.withdraw(keys)
    gone = Message.objects.filter(pk__in=keys, state=Message.State.CANCELLED)
    readers = [normalise(address) for address in gone.values_list("to", flat=True)]
    News.objects.filter(bundle=bundle, reader__in=readers).update(bundle=None)
    return dropped


def purge(*, now: datetime) -> int:
    """Forget which news a mail had whose words the outbox has forgotten; return how many rows.

    What was held for as long, and never told, is no news any more.
    """
    is_over = Q(bundle__isnull=False) | HELD
    return News.objects.filter(is_over, at__lt=now - WORDS_KEPT_FOR).delete()[0]


def _bundles(comment: Comment) -> list[uuid.UUID]:
    bundled = News.objects.filter(comment=comment, bundle__isnull=False)
    names = bundled.values_list("bundle", flat=True).distinct()
    return [bundle for bundle in names if bundle]
