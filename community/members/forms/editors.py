"""The way in at the admin."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm

from users.models import User


class EditorsLoginForm(LoginForm):
    """Log in at the admin: for those who may enter it, and nobody else.

    A member who signed up has proven nothing yet; the members' own login asks for that.
    """

    def clean(self) -> dict[str, Any]:
        """Look for the account with the members' limit on wrong passwords."""
        username, password = map(self.cleaned_data.get, ("username", "password"))
        if username and password:
            user = get_adapter(self.request).authenticate(
                self.request, username=username, password=password
            )
            if user is None:
                raise self.get_invalid_login_error()
            self.confirm_login_allowed(user)
            self.user_cache = user
        return self.cleaned_data

    def confirm_login_allowed(self, user: User) -> None:  # type: ignore[override]
        super().confirm_login_allowed(user)
        if not user.has_perm("wagtailadmin.access_admin"):
            raise ValidationError(
                _("This account does not open the editors' side. Log in at My Estafette."),
                code="no_editor",
            )
