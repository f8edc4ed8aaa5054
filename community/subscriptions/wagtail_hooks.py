"""The subscriptions' place in the Wagtail admin."""

from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from community.subscriptions.models import Agreement, Subscription
from community.subscriptions.viewsets import AgreementViewSet, SubscriptionViewSet
from core.listings import LookingPolicy, LookingViewSet

# "delete" is the right to end one; the row and its consent stay as proof.
register_permission_policy(Subscription, LookingPolicy(Subscription, actions=["view", "delete"]))
register_permission_policy(Agreement, LookingPolicy(Agreement))


@hooks.register("register_admin_viewset")
def register_subscriptions() -> list[LookingViewSet]:
    return [SubscriptionViewSet(), AgreementViewSet()]


@hooks.register("register_admin_urls")
def register_lists() -> list[URLResolver]:
    return [path("abonnees/", include("community.subscriptions.lists.urls"))]
