"""A warning on the admin's front page when mail or digests are late."""

from django.http import HttpRequest
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.ui.components import Component

from config import lateness


class LatePanel(Component):
    """Says how many hours late the oldest mail and digest are; needs one that is."""

    name = "late"
    order = 10
    template_name = "config/admin/late.html"

    def __init__(self, *, mail: int, digest: int) -> None:
        self.hours = {"mail_hours": _hours(mail), "digest_hours": _hours(digest)}

    def get_context_data(self, parent_context: dict) -> dict:
        return self.hours


@hooks.register("construct_homepage_panels")
def warn_of_lateness(request: HttpRequest, panels: list[Component]) -> None:
    if not request.user.has_perm("mail.view_message"):
        return
    now = timezone.now()
    mail, digest = lateness.oldest_due_mail(now), lateness.oldest_due_digest(now)
    if lateness.is_late(mail) or lateness.is_late(digest):
        panels.append(LatePanel(mail=mail, digest=digest))


def _hours(seconds: int) -> int:
    """Return whole hours, or 0 for what is not late."""
    return seconds // 3600 if lateness.is_late(seconds) else 0
