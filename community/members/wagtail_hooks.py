"""What members have of their own in the Wagtail admin."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import BaseSettingsPanel
from wagtail.users.models import UserProfile

from users.models import User


class EmailPanel(BaseSettingsPanel):
    """Says where to change one's address: Wagtail would take any, without proof."""

    name = "email"
    title = _("Email address")
    order = 150  # below the name
    template_name = "members/admin/email.html"

    def get_form(self) -> forms.Form:
        """Return an empty form that is never filled in, since nothing is asked here."""
        return forms.Form()

    def get_context_data(self) -> dict:
        return {"user": self.user}


@hooks.register("register_account_settings_panel")
def say_where_to_change_the_address(
    request: HttpRequest, user: User, profile: UserProfile
) -> EmailPanel:
    return EmailPanel(request, user, profile)
