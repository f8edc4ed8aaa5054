"""Chains and authors in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from blog.models import Author, Chain


class ChainViewSet(SnippetViewSet):
    model = Chain
    icon = "link"
    menu_label = _("Chain letters")
    list_display = ["name", "question"]
    search_fields = ["name", "question"]
    ordering = ["-pk"]


class AuthorViewSet(SnippetViewSet):
    model = Author
    icon = "user"
    menu_label = _("Authors")
    list_display = ["name", "role", "organisation"]
    list_filter = ["organisation"]
    list_per_page = 50
    ordering = ["name"]

    def get_queryset(self, request):
        return Author.objects.select_related("organisation")


class ChainsViewSetGroup(SnippetViewSetGroup):
    items = (ChainViewSet, AuthorViewSet)
    menu_label = _("Chains")
    menu_icon = "link"
    menu_order = 210


register_snippet(ChainsViewSetGroup)
