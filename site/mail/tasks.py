"""The knock on the outbox's door. What is due stands in the database."""

from celery import shared_task
from django.utils import timezone

from mail import delivering, housekeeping

LONGEST = 20  # seconds of a process, which others wait for too; the next knock goes on


@shared_task(name="mail.tasks.deliver_due", ignore_result=True)
def deliver_due() -> None:
    """Send what is due; harmless when several run at once.

    A knock that got lost costs nothing but time: beat knocks again.
    """
    delivering.deliver_all(seconds=LONGEST)


@shared_task
def forget_networks() -> None:
    """Forget whence older mails were asked for; run daily."""
    housekeeping.forget_networks(now=timezone.now())


@shared_task
def forget_old() -> None:
    """Forget the words of older mails, and then the mails; run daily."""
    now = timezone.now()
    housekeeping.forget_words(now=now)
    housekeeping.forget_rows(now=now)
