"""Telling moderators what waits: per hour or per day as each of them wishes, never nothing.

`Reminder.told_until` is schedule and window in one: who claims a period moves it, so
any number of beats may run and a worker that was down loses nothing.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy

from community.comments.models import Comment
from community.comments.models.comments import WAITS_SINCE
from community.moderation import colleagues, decisions, objections, second_opinions
from community.moderation.models import Case, Handling, Reminder
from community.notifications import links, silences
from community.notifications.models import Kind
from core.addresses import absolute
from mail import outbox
from users.languages import language_of
from users.models import User

Rhythm = Reminder.Rhythm

AT = time(8)  # of the daily mail, in Dutch time; never an hour that a change of the clock skips
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Queue:
    """What waits in one queue: how much, and since when the oldest and the newest do."""

    phrase: Promise
    number: int
    oldest: datetime
    newest: datetime

    @property
    def words(self) -> str:
        """How much waits, in the language that is active."""
        return str(self.phrase % {"n": self.number})


@transaction.atomic
def choose(editor: User, *, rhythm: str, now: datetime) -> None:
    """Remember how often ``editor`` wants to hear what waits, from ``now`` on."""
    decisions.require_moderator(editor)
    silences.end(Kind.WAITING, user=editor)
    wish = {"rhythm": rhythm, "told_until": now}
    Reminder.objects.update_or_create(user=editor, defaults=wish)


def chosen_by(editor: User) -> str:
    """Return how often ``editor`` hears what waits; never, once switched off by a link."""
    if silences.has(Kind.WAITING, user=editor):
        return Rhythm.NONE
    wish = Reminder.objects.filter(user=editor).first()
    return wish.rhythm if wish else Rhythm.NONE


def remind_due(*, now: datetime) -> int:
    """Mail each moderator whose period is over what waits; return how many mails.

    Harmless when several run at once: each period of a moderator is claimed once,
    whether or not there is something to tell.
    """
    starts = {rhythm: period_start(rhythm, now) for rhythm in (Rhythm.HOUR, Rhythm.DAY)}
    is_due = Q()
    for rhythm, start in starts.items():
        is_due |= Q(rhythm=rhythm, told_until__lt=start)
    due = Reminder.objects.filter(is_due, user__in=colleagues.everyone().order_by())
    due = due.exclude(user__silences__kind=Kind.WAITING)
    wishes = list(due.select_related("user__wagtail_userprofile").order_by("pk"))
    queues = waiting(now=now) if wishes else []
    return sum(_remind(wish, queues, now) for wish in wishes)


def waiting(*, now: datetime) -> list[Queue]:
    """Return the queues in which something has waited since ``now`` or longer; four queries."""
    pending = Comment.objects.filter(status=Comment.Status.PENDING).order_by()
    pending = pending.annotate(since=WAITS_SINCE)
    found = [
        _queue(pending, "since", now, _PENDING),
        _queue(objections.opened().order_by(), "at", now, _OBJECTIONS),
        _queue(Case.objects.filter(closed_at__isnull=True).order_by(), "opened_at", now, _CASES),
        _queue(second_opinions.asked().order_by(), "second_opinion_at", now, _OPINIONS),
    ]
    return [queue for queue in found if queue]


def period_start(rhythm: str, now: datetime) -> datetime:
    """Return when the hour, or the day at eight, began in which ``now`` lies."""
    if rhythm == Rhythm.HOUR:
        return now.replace(minute=0, second=0, microsecond=0)
    zone = timezone.get_default_timezone()
    today = datetime.combine(now.astimezone(zone).date(), AT, tzinfo=zone)
    if today <= now:
        return today
    return datetime.combine(today.date() - DAY, AT, tzinfo=zone)


@transaction.atomic
def _remind(wish: Reminder, queues: list[Queue], now: datetime) -> bool:
    """Claim the period of ``wish``, and mail what there is to tell; return whether a mail left."""
    unclaimed = Reminder.objects.filter(pk=wish.pk, rhythm=wish.rhythm, told_until=wish.told_until)
    if not unclaimed.update(told_until=now):
        return False
    newest = max((queue.newest for queue in queues), default=None)
    is_news = newest is not None and newest > wish.told_until
    if not (is_news if wish.rhythm == Rhythm.HOUR else queues) or not wish.user.email:
        return False
    _mail(wish.user, queues)
    return True


def _mail(editor: User, queues: list[Queue]) -> None:
    language = language_of(editor)
    stop = links.switch_off(silences.wish(Kind.WAITING, user=editor), language)
    mine = Handling.objects.filter(assignee=editor, comment__status=Comment.Status.PENDING)
    outbox.enqueue(
        kind="moderation.waiting",
        to=editor.email,
        language=language,
        template="moderation/mail/waiting",
        context={
            "queues": queues,
            "oldest": min(queue.oldest for queue in queues),
            "mine": mine.count(),
            "link": absolute(reverse("moderation:desk")),
            "setting": absolute(reverse("moderation:reminders")),
            "own_link": stop,
        },
        headers=links.headers(stop),
    )


def _queue(rows: QuerySet, moment: str, now: datetime, phrase: Promise) -> Queue | None:
    until = rows.filter(**{f"{moment}__lte": now})
    found = until.aggregate(number=Count("pk"), oldest=Min(moment), newest=Max(moment))
    if not found["number"]:
        return None
    return Queue(phrase, **found)


_PENDING = ngettext_lazy("%(n)s comment waits", "%(n)s comments wait", "n")
_OBJECTIONS = ngettext_lazy("%(n)s objection waits", "%(n)s objections wait", "n")
_CASES = ngettext_lazy(
    "%(n)s comment was noticed by readers", "%(n)s comments were noticed by readers", "n"
)
_OPINIONS = ngettext_lazy(
    "%(n)s colleague asks for a second opinion", "%(n)s colleagues ask for a second opinion", "n"
)
