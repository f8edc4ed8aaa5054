"""The forms with which members change their account."""

from typing import Any

from allauth.account import forms as account
from allauth.socialaccount.forms import DisconnectForm as AllauthDisconnectForm
from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.erasing import Fate
from community.members.forms.entering import Named
from community.members.forms.words import PASSWORD, OnePassword, OurWords
from users.models import User


class NameForm(Named):
    """Change one's name."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        kwargs.setdefault("initial", {"name": user.get_full_name()})
        super().__init__(*args, **kwargs)
        self.user = user

    def save(self) -> None:
        self.user.first_name = self.cleaned_data["first_name"]
        self.user.last_name = self.cleaned_data["last_name"]
        self.user.save(update_fields=["first_name", "last_name"])


class AddressForm(OurWords, account.AddEmailForm):
    """Change one's address; it holds once a code that we mail there is filled in."""

    words = {
        "email": (_("New email address"), _("We mail a code there. Until then nothing changes."))
    }


class PasswordForm(OnePassword, account.ChangePasswordForm):
    """Change one's password."""

    words = {"oldpassword": (_("Present password"), ""), "password1": PASSWORD}


class FirstPasswordForm(OnePassword, account.SetPasswordForm):
    """Take a password besides codes and passkeys."""

    words = {"password1": PASSWORD}


class AgainForm(OurWords, account.ReauthenticateForm):
    """Type one's password once more, before something that matters."""

    words = {"password": (_("Password"), "")}


class DisconnectForm(OurWords, AllauthDisconnectForm):
    """Untie a login elsewhere."""

    words = {"account": (_("Which login?"), "")}


class EraseForm(forms.Form):
    """Say goodbye, and what becomes of one's comments."""

    comments = forms.ChoiceField(
        label=_("What should happen to your comments?"),
        choices=Fate.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
