"""The desk's place in the Wagtail admin."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from community.moderation.decisions import MODERATE
from community.moderation.rules_admin import hooks as rules_hooks  # noqa: F401  registers itself


class DeskMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MODERATE)


@hooks.register("register_admin_urls")
def register_desk() -> list[URLPattern | URLResolver]:
    return [path("reacties/", include("community.moderation.urls", namespace="moderation"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return DeskMenuItem(
        _("Reader comments"), reverse_lazy("moderation:desk"), icon_name="comment", order=200
    )
