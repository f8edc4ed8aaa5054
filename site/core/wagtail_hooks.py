"""Organisations in the Wagtail admin, and what Wagtail forgets: a question, and a style."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.models import Organisation


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    menu_order = 220
    add_to_admin_menu = True
    list_display = ["name", "type", "member_from", "member_until"]
    list_filter = ["type"]
    list_per_page = 50
    ordering = ["name"]


register_snippet(OrganisationViewSet)


@hooks.register("before_move_page")
def may_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """Refuse whoever may not move ``page`` before the question whether to names it.

    Wagtail 8.0 asks for the permission only when the answer comes in, so that anyone
    with access to the admin could read the title of any draft.
    """
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("insert_global_admin_css")
def uncover_without_scripts() -> SafeString:
    """Show without scripts what Wagtail leaves to them: see the sheet itself."""
    sheet = static("core/css/admin-without-scripts.css")
    return format_html('<noscript><link rel="stylesheet" href="{}"></noscript>', sheet)
