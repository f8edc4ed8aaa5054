"""The forms before one is logged in."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.utils import setup_user_email
from allauth.socialaccount.forms import SignupForm as AllauthElsewhereForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from community.comments.forms import NAME_LENGTH, CommentForm
from community.members.forms.words import CODE, EMAIL, PASSWORD, OnePassword, OurWords
from users.models import User


class LoginForm(OurWords, account.LoginForm):
    """Log in with an address, or with a user name that an administrator gave."""

    words = {"login": (_("Email address or user name"), ""), "password": (_("Password"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def user_credentials(self) -> dict[str, Any]:
        """Return what was filled in, once: allauth looks for a user name among addresses too.

        Given as an address besides, it would try the password of a known address twice
        and of an unknown one once, and the time would tell which it is.
        """
        credentials = super().user_credentials()
        credentials.pop("email", None)
        return credentials

    def add_prefix(self, field_name: str) -> str:
        """Return the field's name in HTML; password managers look for ``username``."""
        return super().add_prefix("username" if field_name == "login" else field_name)


class Named(forms.Form):
    """A form with the name that stands beside someone's comments."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        help_text=_("Shown with your comments."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    clean_name = CommentForm.clean_name

    def clean(self) -> dict[str, Any]:
        """Part the name in two, as the user model keeps it; together they are the name again."""
        cleaned = super().clean() or {}
        first, _space, last = cleaned.get("name", "").partition(" ")
        return cleaned | {"first_name": first, "last_name": last}


class SignupForm(OurWords, Named, account.SignupForm):
    """Make an account, with a password or without.

    ``website`` is a trap: people do not see it, programs fill it in.
    """

    words = {
        "email": (_("Email address"), _("Is not published. We mail you a code to confirm it.")),
        "password1": (
            _("Password"),
            _("At least 8 characters. Without one we mail you a code whenever you log in."),
        ),
    }
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    field_order = ["name", "email", "password1", "website"]

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Store the account. Who has one already gets a mail that says so, and the same page."""
        if self.cleaned_data["website"]:
            return None, get_adapter().respond_email_verification_sent(request, None)
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"] or None)  # takes as long as for others
        return super().try_save(request)

    def save(self, request: HttpRequest) -> User:
        """Store the account and its address together: see `addresses.vouch`.

        The password is hashed before, for that takes long and a transaction should not.
        """
        adapter = get_adapter()
        user = adapter.save_user(request, adapter.new_user(request), self, commit=False)
        address = EmailAddress(email=self.cleaned_data["email"])
        with transaction.atomic():
            user.save()
            setup_user_email(request, user, [address])
        return user


class ElsewhereForm(OurWords, Named, AllauthElsewhereForm):
    """What another site does not tell of someone who logs in there."""

    words = {"email": EMAIL}
    field_order = ["name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = (self.initial.get("first_name", ""), self.initial.get("last_name", ""))
        self.initial["name"] = " ".join(filter(None, names))[:NAME_LENGTH]


class AskCodeForm(OurWords, account.RequestLoginCodeForm):
    """Ask for a mail with a code to log in."""

    words = {"email": EMAIL}


class LoginCodeForm(OurWords, account.ConfirmLoginCodeForm):
    """Log in with a code from a mail."""

    words = {"code": CODE}


class AddressCodeForm(OurWords, account.ConfirmEmailVerificationCodeForm):
    """Prove an address with a code from a mail."""

    words = {"code": CODE}


class ResetForm(OurWords, account.ResetPasswordForm):
    """Ask for a mail with a code to choose a new password."""

    words = {"email": EMAIL}


class ResetCodeForm(OurWords, account.ConfirmPasswordResetCodeForm):
    """Fill in that code."""

    words = {"code": CODE}


class NewPasswordForm(OnePassword, account.ResetPasswordKeyForm):
    """Choose the new password."""

    words = {"password1": PASSWORD}
