"""The subscriptions' place in the Wagtail admin."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from community.subscriptions.lists.screens import EXPORT, IMPORT
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


class ImportItem(MenuItem):
    """The way in for those who may add subscribers, but not see the list that leads there."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(IMPORT) and not request.user.has_perm(EXPORT)


@hooks.register("register_settings_menu_item")
def register_import() -> MenuItem:
    return ImportItem(
        _("Import subscribers"), reverse_lazy("subscribers:import"), icon_name="mail", order=300
    )
