"""What would be mailed if the digests went out now. Nothing is, and nothing is changed."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, cast

from django.db import transaction
from django.db.models import Count, Max, Min

from community.digests import contents, introductions, letters, rights
from community.digests.contents import Contents
from community.digests.models import Delivery
from community.subscriptions import selections
from community.subscriptions.models import Choice, Subscription, SubscriptionQuerySet
from community.subscriptions.selections import EVERYTHING, Selection
from mail import composing, outbox
from mail.models import Message
from users.models import User

EXAMPLES = 3
MOST_GROUPS = 12  # readers of one period, language and selection; the largest first
MOST_CHOOSY = 1_000  # readers who chose something else than everything, of whom that is looked up
LOOK_BACK = [timedelta(days=days) for days in (7, 31, 366)]  # for a test, until there is news
TOO_LARGE = 100  # KiB; Gmail cuts off what is over 102
KIB = 1024


class NothingToTell(ValueError):
    """There is no news to make a test of."""


@dataclass(frozen=True)
class Example:
    """One digest as so many ``readers`` would get it; ``without_alt`` are titles of posts."""

    readers: int
    language: str
    parts: dict[str, str]
    kib: float
    without_alt: list[str]

    @property
    def is_too_large(self) -> bool:
        return self.kib > TOO_LARGE


@dataclass(frozen=True)
class Trial:
    """How many readers are due ``at`` a moment, and what becomes of it.

    ``unknown`` is for how many nothing was looked up: they begin at moments of their own.
    """

    at: datetime
    readers: int
    mails: int
    empty: int
    examples: list[Example]

    @property
    def unknown(self) -> int:
        return self.readers - self.mails - self.empty


class _Group(NamedTuple):
    """What readers who get the same digest have in common."""

    since: datetime
    language: str
    selection: Selection


def trial(*, now: datetime) -> Trial:
    """Try the run of now, or the next one when nobody is due; the news is that of until now.

    Costs what `contents.between` does for at most `MOST_GROUPS` groups of readers, two
    queries for each example, and six more, however many readers there are.
    """
    at = _moment(now)
    due = Subscription.objects.due(at)
    mails, empty, examples = 0, 0, []
    readers_of, one_of = _groups(due)
    for group, readers in readers_of.most_common(MOST_GROUPS):
        news = contents.between(
            group.since, now, language=group.language, selection=group.selection
        )
        if news.is_empty:
            empty += readers
            continue
        mails += readers
        if len(examples) < EXAMPLES:
            last = _last(one_of[group])
            examples.append(
                _example(news, language=group.language, last=last, readers=readers, now=now)
            )
    return Trial(at=at, readers=due.count(), mails=mails, empty=empty, examples=examples)


def _groups(due: SubscriptionQuerySet) -> tuple[Counter[_Group], dict[_Group, int]]:
    """Count the readers who get the same digest, and name one of them by primary key.

    Of who is choosy only so many are looked at.
    """
    whole = due.filter(choices__kind=Choice.Kind.EVERYTHING).order_by()
    alike = whole.values_list("digested_until", "language")
    found, one_of = Counter[_Group](), {}
    for since, language, readers, pk in alike.annotate(readers=Count("pk"), one=Min("pk")):
        group = _Group(since, language, EVERYTHING)
        found[group], one_of[group] = readers, pk
    choosy = due.exclude(choices__kind=Choice.Kind.EVERYTHING).prefetch_related("choices")
    for one in choosy[:MOST_CHOOSY]:
        since = cast(datetime, one.digested_until)  # who is due has one
        group = _Group(since, one.language, selections.of(one))
        found[group] += 1
        one_of.setdefault(group, one.pk)
    return found, one_of


def _last(reader: int) -> datetime | None:
    """Return where the last digest of the ``reader`` with this primary key ended, if any."""
    return Delivery.objects.filter(subscription=reader).aggregate(last=Max("until"))["last"]


@transaction.atomic
def send_test(*, to: User, language: str, now: datetime) -> None:
    """Mail ``to`` what is new, as a digest; nobody else gets it and nobody's period moves.

    Raises `PermissionDenied`, and `NothingToTell` when a year brought nothing.
    """
    rights.require(to)
    for back in LOOK_BACK:
        news = contents.between(now - back, now, language=language)
        if not news.is_empty:
            break
    else:
        raise NothingToTell
    news = introductions.introduce(news, language=language, last=news.since)
    outbox.enqueue(
        kind="digests.test",
        to=to.email,
        language=language,
        template=letters.TEST,
        context=letters.context_of_test(news, language=language),
    )


def _moment(now: datetime) -> datetime:
    """Return ``now``, or when the next reader is due if nobody is yet."""
    coming = Subscription.objects.active().order_by("next_digest_at")
    first = coming.values_list("next_digest_at", flat=True).first()
    return now if first is None else max(now, first)


def _example(
    news: Contents, *, language: str, last: datetime | None, readers: int, now: datetime
) -> Example:
    """Render ``news`` for someone made up, so that nobody's links are shown to an editor.

    ``last`` is where the last digest of one of its ``readers`` ended, if there was one.
    """
    news = introductions.introduce(news, language=language, last=last)
    somebody = Subscription(email="lezer@example.org", language=language, confirmed_at=now)
    letter = letters.write(news, language=language, frequency=somebody.frequency, last=last)
    parts = letter.parts_for(letters.copy(somebody))
    mail = composing.compose(Message(to=somebody.email, **parts)).message()
    pictured = [post for post in news.posts if post.picture]
    return Example(
        readers=readers,
        language=language,
        parts=parts,
        kib=len(mail.as_bytes()) / KIB,
        without_alt=[post.title for post in pictured if post.picture and not post.picture.alt],
    )
