"""The knock on the door of what requests leave to a worker."""

from celery import shared_task

from core import background


@shared_task(ignore_result=True)
def run_background() -> None:
    """Do what was left, until nothing is; harmless when several run at once."""
    background.run_all()
