"""What a reader wants to hear about, written down."""

from django.db import transaction

from community.subscriptions.models import Choice, Subscription
from community.subscriptions.selections import Selection


@transaction.atomic
def choose(subscription: Subscription, selection: Selection) -> None:
    """Let ``subscription`` be about ``selection`` and nothing else; twice is harmless."""
    Subscription.objects.select_for_update().get(pk=subscription.pk)
    kept = {(choice.kind, choice.key): choice.pk for choice in subscription.choices.order_by()}
    gone = [pk for pair, pk in kept.items() if pair not in selection.choices]
    Choice.objects.filter(pk__in=gone).delete()
    Choice.objects.bulk_create(
        Choice(subscription=subscription, kind=kind, key=key)
        for kind, key in sorted(selection.choices - kept.keys())
    )
