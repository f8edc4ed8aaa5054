"""Writing the digests of periods that are open: a mail for each reader to whom there is news.

Rows are read as tuples here: a run may be for a million readers, and objects of models
would take longer than the mails.
"""

import logging
import random
import uuid
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from community.digests import contents, editions, holds, introductions, letters, recalling
from community.digests.contents import Contents
from community.digests.models import Delivery, Letter
from community.subscriptions.models import Choice, Subscription
from community.subscriptions.selections import Selection
from mail import outbox
from mail.rendering import Circular

logger = logging.getLogger(__name__)

CHUNK = 500  # deliveries in one transaction
LETTERS_KEPT = 64  # of some 50 KB, of as many selections, languages and periods
APART = 4  # writers at once that rarely want the same deliveries
_WRITTEN = "UPDATE digests_delivery SET message_id = %s WHERE id = %s"  # by the hundred


class Due(NamedTuple):
    """An open delivery, and what its mail needs of the reader. ``last`` ended the one before."""

    pk: int
    since: datetime
    until: datetime
    last: datetime | None
    reader: int
    public_id: uuid.UUID
    email: str
    language: str
    frequency: str
    confirmed_at: datetime


_READ = (
    "pk",
    "since",
    "until",
    "last_digest",
    "subscription_id",
    "subscription__public_id",
    "subscription__email",
    "subscription__language",
    "subscription__frequency",
    "subscription__confirmed_at",
)


class Group(NamedTuple):
    """What readers who get the same digest have in common."""

    since: datetime
    until: datetime
    language: str
    frequency: str
    selection: Selection
    last: datetime | None

    @classmethod
    def of(cls, due: Due, selection: Selection) -> "Group":
        return cls(due.since, due.until, due.language, due.frequency, selection, due.last)


class Composed(NamedTuple):
    """A digest as a mail for many, and what it tells."""

    circular: Circular
    letter: Letter


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
            for composed, alike in groups:
                self._write(composed, [due for due in alike if due.pk in mine], mine)
        return len(found)

    def _read(self) -> list[Due]:
        """Return open deliveries: not always the first, for those another writer may have.

        Of one reader only one: what the next says may hang on whether this becomes a mail.
        After a standstill of a whole period a reader's next may still be taken first, and
        name this as the one before it, though it turns out to be without news.
        """
        waiting = Delivery.objects.open().exclude(pk__in=self.bad).with_last_digest()
        rows = waiting.values_list(*_READ)
        start = random.randrange(APART) * CHUNK  # noqa: S311
        found = list(rows[start : start + CHUNK]) or (list(rows[:CHUNK]) if start else [])
        first = {due.reader: due for due in map(Due._make, reversed(found))}
        return sorted(first.values())

    def _composed(self, found: list[Due]) -> list[tuple[Composed | None, list[Due]]]:
        """Return ``found`` with the mail that they are to be; none where there is no news.

        All is looked up anew when something was taken back since it was kept.
        """
        groups = self._grouped(found)
        if recalling.outdated(composed.letter for composed, _alike in groups if composed):
            self.news.cache_clear()
            self.letters.cache_clear()
            groups = self._grouped(found)
        return groups

    def _grouped(self, found: list[Due]) -> list[tuple[Composed | None, list[Due]]]:
        chosen = _selections(found)
        groups: dict[Group, list[Due]] = {}
        for due in found:
            groups.setdefault(Group.of(due, chosen[due.reader]), []).append(due)
        composed = []
        for group, alike in groups.items():
            try:
                composed.append((self.letters(group), alike))
            except Exception:
                logger.exception("No digest for %s", group)
                self.bad.update(due.pk for due in alike)
        return composed

    def _compose(self, group: Group) -> Composed | None:
        news = self.news(group.since, group.until, group.language, group.selection)
        if news.is_empty:
            return None
        news = introductions.introduce(news, language=group.language, last=group.last)
        news = editions.publish(news, language=group.language, choices=group.selection.pairs())
        letter = recalling.letter_of(news)
        circular = letters.write(
            news,
            language=group.language,
            frequency=group.frequency,
            last=group.last,
            about=letter.name,
        )
        return Composed(circular, letter)

    def _write(
        self, composed: Composed | None, alike: list[Due], is_reader: dict[int, bool]
    ) -> None:
        readers = [due for due in alike if composed is not None and is_reader[due.pk]]
        gone = {due.pk for due in alike} - {due.pk for due in readers}
        Delivery.objects.filter(pk__in=gone).delete()
        if composed is not None and not _can_mail(composed, readers):
            self.bad.update(due.pk for due in readers if not _can_mail(composed, [due]))


def look_up(since: datetime, until: datetime, language: str, selection: Selection) -> Contents:
    """Return what is told of [``since``, ``until``) to readers of ``language``."""
    return contents.between(since, until, language=language, selection=selection)


def _selections(found: list[Due]) -> dict[int, Selection]:
    """Return what the readers of ``found`` chose, by the key of the reader; one query."""
    pairs: dict[int, list[tuple[str, str]]] = {due.reader: [] for due in found}
    rows = Choice.objects.filter(subscription__in=pairs).order_by()
    for reader, kind, key in rows.values_list("subscription_id", "kind", "key"):
        pairs[reader].append((kind, key))
    return {reader: Selection.of(chosen) for reader, chosen in pairs.items()}


def _locked(found: list[Due]) -> dict[int, bool]:
    """Return those of ``found`` that nobody else is at work on: is there a reader still?

    Who unsubscribes from here on waits until the mail is there, and takes it away.
    """
    keys = [due.pk for due in found]
    free = Delivery.objects.open().filter(pk__in=keys).select_for_update(skip_locked=True)
    mine = dict(free.values_list("pk", "subscription_id"))
    readers = Subscription.objects.filter(pk__in=mine.values()).order_by()
    states = dict(readers.select_for_update(skip_locked=True).values_list("pk", "state"))
    active = Subscription.State.CONFIRMED
    return {pk: states[reader] == active for pk, reader in mine.items() if reader in states}


def _can_mail(composed: Composed, readers: list[Due]) -> bool:
    """Write ``composed`` to ``readers``; return whether that went well."""
    try:
        with transaction.atomic():
            _mail(composed, readers)
    except Exception:
        logger.exception("No digest for deliveries %s", [due.pk for due in readers])
        return False
    return True


def _mail(composed: Composed, readers: list[Due]) -> None:
    Letter.objects.bulk_create([composed.letter], ignore_conflicts=True)  # more copies may follow
    copies = [letters.copy(due) for due in readers]
    messages = outbox.enqueue_copies(composed.circular, copies)
    deliveries = [due.pk for due in readers]
    with connection.cursor() as cursor:
        cursor.executemany(_WRITTEN, list(zip(messages, deliveries, strict=True)))
    Delivery.objects.filter(pk__in=deliveries).update(written_at=timezone.now())
