"""The reasons to refuse in the Wagtail admin, at ``/admin/reacties/redenen/``."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from community.moderation.models import Reason


class ReasonForm(WagtailAdminModelForm):
    """A reason. Its code is chosen once: the log and the yearly figures count by it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = self.instance.pk is not None


class ReasonViewSet(SnippetViewSet):
    model = Reason
    icon = "list-ul"
    menu_label = _("Reasons to refuse")
    menu_item_is_registered = True  # in the desk's own menu
    url_prefix = "reacties/redenen"
    copy_view_enabled = False
    list_display = [
        "name_nl",
        "name_en",
        "code",
        "position",
        BooleanColumn("is_used", label=_("in use")),
    ]
    list_filter = ["is_used"]
    list_per_page = 50
    ordering = ["position", "pk"]
    edit_handler = ObjectList(
        [
            FieldPanel(
                "code", help_text=_("Lower-case letters, digits and _; cannot be changed later.")
            ),
            MultiFieldPanel([FieldPanel("name_nl"), FieldPanel("text_nl")], heading=_("Dutch")),
            MultiFieldPanel([FieldPanel("name_en"), FieldPanel("text_en")], heading=_("English")),
            FieldPanel("position"),
            FieldPanel(
                "is_used", help_text=_("What is out of use stays in the log and in old mails.")
            ),
        ],
        base_form_class=ReasonForm,
    )
