"""News that waits until it is told."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from community.notifications import announcing, collecting
from mail.models import Message

State = Message.State
WAIT = settings.NOTIFICATIONS_WAIT


def write_news() -> None:
    announcing.announce_all(now=timezone.now())


def collect(after: timedelta = WAIT) -> int:
    return collecting.collect_due(now=timezone.now() + after)


def queued() -> list[Message]:
    return list(Message.objects.filter(state=State.QUEUED).order_by("pk"))
