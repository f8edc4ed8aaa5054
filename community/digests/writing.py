"""Writing the digests of periods that are open: a mail for each reader to whom there is news."""

import logging
import random
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from community.digests import contents, editions, holds, introductions, letters
from community.digests.contents import Contents
from community.digests.models import Delivery
from community.subscriptions import selections
from community.subscriptions.selections import Selection
from mail import outbox
from mail.rendering import Circular

logger = logging.getLogger(__name__)

CHUNK = 500  # deliveries in one transaction
LETTERS_KEPT = 64  # of some 50 KB, of as many selections, languages and periods
_WRITTEN = "UPDATE digests_delivery SET message_id = %s WHERE id = %s"  # by the hundred
_READ = (
    "since",
    "until",
    *(
        f"subscription__{name}"
        for name in ("public_id", "email", "language", "frequency", "state", "confirmed_at")
    ),
)
APART = 4  # writers at once that rarely want the same deliveries


class Group(NamedTuple):
    """What readers who get the same digest have in common."""

    since: datetime
    until: datetime
    language: str
    frequency: str
    selection: Selection
    last: datetime | None

    @classmethod
    def of(cls, delivery: Delivery) -> "Group":
        reader = delivery.subscription
        last: datetime | None = getattr(delivery, "last_digest", None)
        chosen = selections.of(reader)
        return cls(delivery.since, delivery.until, reader.language, reader.frequency, chosen, last)


class Writer:
    """Writes open deliveries, a chunk at a time, as long as no editor holds the digests.

    What a digest tells is looked up once for all who chose the same, and rendered once for
    all who get the same.
    """

    def __init__(self) -> None:
        self.news = lru_cache(LETTERS_KEPT)(look_up)
        self.letters = lru_cache(LETTERS_KEPT)(self._compose)
        self.bad: set[int] = set()  # deliveries that went wrong; a later writer tries them again

    def write_some(self) -> int:
        """Handle up to `CHUNK` open deliveries; return how many there were.

        A mail and the mark that it was written: both or neither. Where there is no news,
        or no reader any more, the delivery goes. What goes wrong with one keeps nobody
        else waiting.
        """
        if holds.current() is not None:
            return 0
        found = self._read()
        groups = self._composed(found)  # before anything is locked
        with transaction.atomic():
            mine = _locked(found)
            for letter, alike in groups:
                self._write(letter, [each for each in alike if each.pk in mine])
        return len(found)

    def _read(self) -> list[Delivery]:
        """Return open deliveries: not always the first, for those another writer may have."""
        waiting = Delivery.objects.open().exclude(pk__in=self.bad).with_last_digest()
        rows = waiting.only(*_READ).select_related("subscription")
        rows = rows.prefetch_related("subscription__choices")
        start = random.randrange(APART) * CHUNK  # noqa: S311
        return list(rows[start : start + CHUNK]) or (list(rows[:CHUNK]) if start else [])

    def _composed(self, found: list[Delivery]) -> list[tuple[Circular | None, list[Delivery]]]:
        """Return ``found`` with the mail that they are to be; none where there is no news."""
        groups: dict[Group, list[Delivery]] = {}
        for delivery in found:
            groups.setdefault(Group.of(delivery), []).append(delivery)
        composed = []
        for group, alike in groups.items():
            try:
                composed.append((self.letters(group), alike))
            except Exception:
                logger.exception("No digest for %s", group)
                self.bad.update(delivery.pk for delivery in alike)
        return composed

    def _compose(self, group: Group) -> Circular | None:
        news = self.news(group.since, group.until, group.language, group.selection)
        if news.is_empty:
            return None
        return letters.write(
            news, language=group.language, frequency=group.frequency, last=group.last
        )

    def _write(self, letter: Circular | None, alike: list[Delivery]) -> None:
        readers = [each for each in alike if letter is not None and each.subscription.is_active]
        gone = {each.pk for each in alike} - {each.pk for each in readers}
        Delivery.objects.filter(pk__in=gone).delete()
        if letter is not None and not _can_mail(letter, readers):
            self.bad.update(each.pk for each in readers if not _can_mail(letter, [each]))


def look_up(since: datetime, until: datetime, language: str, selection: Selection) -> Contents:
    """Return what is told of [``since``, ``until``) to readers of ``language``, with its page."""
    news = contents.between(since, until, language=language, selection=selection)
    if news.is_empty:
        return news
    news = introductions.introduce(news, language=language)
    return editions.publish(news, language=language, choices=selection.pairs())


def _locked(found: list[Delivery]) -> set[int]:
    """Return the keys of those of ``found`` that nobody else is at work on.

    They know now whether they have a reader still: who unsubscribes from here on waits
    until the mail is there, and takes it away.
    """
    free = Delivery.objects.open().filter(pk__in=[each.pk for each in found])
    rows = free.select_related("subscription").only("pk", "subscription__state")
    locked = rows.select_for_update(skip_locked=True, of=("self", "subscription"))
    states = {delivery.pk: delivery.subscription.state for delivery in locked}
    for delivery in found:
        delivery.subscription.state = states.get(delivery.pk, delivery.subscription.state)
    return set(states)


def _can_mail(letter: Circular, deliveries: list[Delivery]) -> bool:
    """Write ``letter`` to the readers of ``deliveries``; return whether that went well."""
    try:
        with transaction.atomic():
            _mail(letter, deliveries)
    except Exception:
        logger.exception("No digest for deliveries %s", [each.pk for each in deliveries])
        return False
    return True


def _mail(letter: Circular, deliveries: list[Delivery]) -> None:
    copies = [letters.copy(delivery.subscription) for delivery in deliveries]
    messages = outbox.enqueue_copies(letter, copies)
    keys = [(message.pk, each.pk) for each, message in zip(deliveries, messages, strict=True)]
    with connection.cursor() as cursor:
        cursor.executemany(_WRITTEN, keys)
    Delivery.objects.filter(pk__in=[pk for _, pk in keys]).update(written_at=timezone.now())
