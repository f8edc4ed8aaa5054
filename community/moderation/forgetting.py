"""What is not kept of readers who noticed a comment: who they were, and from which network."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from community.moderation.models import Notice

NOTIFIERS_KEPT_FOR = timedelta(weeks=26)  # half a year after their case was closed
NETWORKS_KEPT_FOR = timedelta(days=2)


def forget(notices: QuerySet[Notice]) -> int:
    """Forget who sent ``notices``; return how many. What they say about a comment stays."""
    return notices.update(user=None, name="", email="", writer_key="", network_key="")


def forget_notifiers(*, now: datetime) -> int:
    """Forget who noticed in cases closed half a year ago, objections too; return how many."""
    until = now - NOTIFIERS_KEPT_FOR
    objection_is_over = Q(objection_case__isnull=True) | Q(objection_case__closed_at__lt=until)
    old = Notice.objects.filter(objection_is_over, case__closed_at__lt=until)
    known = Q(user__isnull=False) | ~Q(name="") | ~Q(email="") | ~Q(writer_key="")
    keys = list(old.filter(known).values_list("pk", flat=True))
    return forget(Notice.objects.filter(pk__in=keys))


def forget_networks(*, now: datetime) -> int:
    """Wipe from which network older notices came; return how many."""
    known = Notice.objects.exclude(network_key="")
    return known.filter(at__lt=now - NETWORKS_KEPT_FOR).update(network_key="")
