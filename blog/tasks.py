"""What beat asks of this room."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def publish_scheduled() -> None:
    """Publish the pages whose moment has come, and take down those that expire.

    Harmless twice: Wagtail looks at what is due, and a page done is no longer due.
    """
    call_command("publish_scheduled")
