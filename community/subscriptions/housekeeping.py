"""What is not kept: requests for digests that nobody confirmed."""

from datetime import datetime

from django.db import transaction

from community.subscriptions.models import Agreement, Subscription
from community.subscriptions.subscriptions import CONFIRMATION_VALID_FOR


@transaction.atomic
def purge_unconfirmed(*, now: datetime) -> int:
    """Forget what was not confirmed while its link worked; return how many addresses. Run daily.

    A subscription that was confirmed, or ended, stays, with its proof; of those only
    later requests go that nobody confirmed.
    """
    limit = now - CONFIRMATION_VALID_FOR
    Agreement.objects.filter(confirmed_at__isnull=True, requested_at__lt=limit).delete()
    pending = Subscription.objects.filter(state=Subscription.State.PENDING, requested_at__lt=limit)
    keys = [subscription.pk for subscription in pending.select_for_update()]
    deleted = Subscription.objects.filter(pk__in=keys).delete()[1]
    return deleted.get("subscriptions.Subscription", 0)
