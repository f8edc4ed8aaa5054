"""Who uses which tool, in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from tools import uses
from tools.forms import ToolUseForm
from tools.models import ToolUse


class ToolUseViewSet(SnippetViewSet):
    model = ToolUse
    icon = "group"
    menu_label = _("Who uses what")
    menu_order = 215
    add_to_admin_menu = True
    list_display = [
        "__str__",
        "experience",
        "since_year",
        BooleanColumn("is_verified", label=_("verified"), sort_key="verified_at"),
        "created_at",
    ]
    list_filter = ["experience", "organisation"]
    list_per_page = 50
    search_fields = ["tool__title", "organisation__name", "note"]
    ordering = ["-created_at", "-pk"]
    edit_handler = ObjectList(
        [
            FieldPanel("tool"),
            FieldPanel("organisation"),
            FieldRowPanel(["experience", "since_year"]),
            FieldPanel("note"),
            FieldPanel("link"),
            FieldPanel("is_verified", permission=uses.VERIFY),
        ],
        base_form_class=ToolUseForm,
    )

    def get_queryset(self, request):
        return ToolUse.objects.select_related("organisation", "tool")


register_snippet(ToolUseViewSet)
