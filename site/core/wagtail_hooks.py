"""Organisations in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
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
