"""What the outbox does not keep."""

from datetime import datetime, timedelta

from mail.models import Message

NETWORKS_KEPT_FOR = timedelta(days=2)


def forget_networks(*, now: datetime) -> int:
    """Wipe which networks' forms asked for older mails; return how many. Run daily."""
    known = Message.objects.exclude(network_key="")
    return known.filter(created_at__lt=now - NETWORKS_KEPT_FOR).update(network_key="")
