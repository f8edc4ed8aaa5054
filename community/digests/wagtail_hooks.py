"""The digests' place in the Wagtail admin."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from community.digests.rights import MANAGE


class DigestsItem(MenuItem):
    """The menu item, for those who may do something there."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MANAGE)


@hooks.register("register_admin_urls")
def register_screen() -> list[URLResolver]:
    return [path("overzichten/", include("community.digests.screen.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    url = reverse_lazy("overzichten:overview")
    return DigestsItem(_("Digests"), url, icon_name="calendar-alt", order=290)


@hooks.register("register_permissions")
def register_permission() -> QuerySet[Permission]:
    """Let an administrator give the right to a group."""
    app, codename = MANAGE.split(".")
    return Permission.objects.filter(content_type__app_label=app, codename=codename)
