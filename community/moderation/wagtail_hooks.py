"""The desk's place in the Wagtail admin: its addresses, and a menu of its own."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.models import register_snippet

from community.moderation import own_posts
from community.moderation.decisions import MODERATE
from community.moderation.models import Reason
from community.moderation.viewsets import ReasonViewSet
from core.listings import LookingPolicy

# Further screens of this room register their items here.
MENU_HOOK = "register_moderation_menu_item"
_REASONS = "wagtailsnippets_moderation_reason:list"

# Nobody deletes a reason, not even an administrator: the log points at it.
register_permission_policy(Reason, LookingPolicy(Reason, actions=["add", "change", "view"]))
register_snippet(ReasonViewSet)


class ScreenItem(MenuItem):
    """A menu item for those whom ``may_see`` lets in."""

    def __init__(self, *args, may_see: Callable[[Any], bool], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.may_see = may_see

    def is_shown(self, request: HttpRequest) -> bool:
        return self.may_see(request.user)


@hooks.register("register_admin_urls")
def register_desk() -> list[URLPattern | URLResolver]:
    return [path("reacties/", include("community.moderation.urls", namespace="moderation"))]


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return SubmenuMenuItem(
        _("Reader comments"), Menu(register_hook_name=MENU_HOOK), icon_name="comment", order=200
    )


def _may_moderate(user) -> bool:
    return user.has_perm(MODERATE)


def _may_see_reasons(user) -> bool:
    return policy_registry.get_by_type(Reason).user_has_any_permission(user, ["add", "change"])


def _screen(name: str, label, icon: str, order: int, may_see: Callable = _may_moderate) -> None:
    item = ScreenItem(label, reverse_lazy(name), icon_name=icon, order=order, may_see=may_see)
    hooks.register(MENU_HOOK, lambda: item)


_screen("moderation:desk", _("Desk"), "comment", 10)
_screen("moderation:log", _("Log of the moderation"), "history", 60)
_screen("moderation:figures", _("Yearly figures"), "doc-full", 70)
_screen(_REASONS, _("Reasons to refuse"), "list-ul", 80, _may_see_reasons)
_screen("moderation:reminders", _("Mail about what waits"), "mail", 90)
_screen("moderation:own_posts", _("Comments on my posts"), "user", 100, own_posts.is_author)
