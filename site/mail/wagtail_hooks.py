"""The outbox in the Wagtail admin: what was sent, and what the mail server said.

Only for people with the right to see messages, for it shows addresses. The words
of a mail are not shown: links that act for their reader stand in them.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from core.listings import LookingPolicy, LookingViewSet
from mail.models import Message, MonthlyCount

register_permission_policy(Message, LookingPolicy(Message))
register_permission_policy(MonthlyCount, LookingPolicy(MonthlyCount))


class MessageViewSet(LookingViewSet):
    model = Message
    name = "post"
    icon = "mail"
    menu_label = _("Mail")
    add_to_settings_menu = True
    list_display = ["subject", "to", "kind", "state", "created_at", "sent_at"]
    list_filter = ["state", "kind", "created_at"]
    search_fields = ["to", "subject"]
    inspect_view_fields = [
        "subject",
        "to",
        "kind",
        "language",
        "state",
        "attempts",
        "created_at",
        "due_at",
        "sent_at",
        "error",
    ]


class MonthlyCountViewSet(LookingViewSet):
    """What stays of mails that are no longer kept."""

    model = MonthlyCount
    name = "post-per-maand"
    icon = "mail"
    menu_label = _("Mail by month")
    add_to_settings_menu = True
    inspect_view_enabled = False
    list_display = ["month", "kind", "state", "count"]
    list_filter = ["state", "kind"]


@hooks.register("register_admin_viewset")
def register_outbox() -> list[LookingViewSet]:
    return [MessageViewSet(), MonthlyCountViewSet()]
