"""The subscriptions' place in the Wagtail admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from community.subscriptions.models import Subscription
from community.subscriptions.viewsets import SubscriptionViewSet
from core.listings import LookingPolicy

# "delete" is the right to end one; the row and its consent stay as proof.
register_permission_policy(Subscription, LookingPolicy(Subscription, actions=["view", "delete"]))


@hooks.register("register_admin_viewset")
def register_subscriptions() -> SubscriptionViewSet:
    return SubscriptionViewSet()
