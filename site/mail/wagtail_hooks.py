"""The outbox's place in the Wagtail admin."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry
from wagtail.permissions import register_permission_policy

from core.listings import LookingPolicy, LookingViewSet
from mail.models import Message, MonthlyCount, Suppression
from mail.viewsets import MessageViewSet, MonthlyCountViewSet, SuppressionViewSet

register_permission_policy(Message, LookingPolicy(Message))
register_permission_policy(MonthlyCount, LookingPolicy(MonthlyCount))
# "delete" is the right to lift one.
register_permission_policy(
    Suppression, LookingPolicy(Suppression, actions=["view", "add", "delete"])
)


@hooks.register("register_admin_viewset")
def register_outbox() -> list[LookingViewSet]:
    return [MessageViewSet(), MonthlyCountViewSet(), SuppressionViewSet()]


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    actions.register_action("mail.try_again", _("Send again"), _("Sent again"))
    actions.register_action("mail.cancel", _("Cancel"), _("Cancelled"))
    actions.register_action("mail.lift")(Lift)


class Lift(LogFormatter):
    label = _("Let have mail again")

    def format_message(self, log_entry: ModelLogEntry) -> str:
        return gettext("Gets mail again: %(reason)s") % log_entry.data
