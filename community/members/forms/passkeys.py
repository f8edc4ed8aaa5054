"""The forms that carry what a browser says about a passkey."""

from typing import Any

from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.comments.forms import NAME_LENGTH
from community.members.forms.words import OurWords

LONGEST = 20_000  # characters; what browsers send is a tenth of that


class CredentialField(forms.JSONField):
    """What a browser says, in a hidden field: JSON of a modest size and depth."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as error:  # too deep, or a number too long
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def bound_data(self, data: Any, initial: Any) -> None:
        """Repeat nothing in a form that is shown again: it is good for one time."""


class PasskeyLoginForm(webauthn.LoginWebAuthnForm):
    """Log in with a passkey alone."""

    credential = CredentialField()


class PasskeyAgainForm(webauthn.ReauthenticateWebAuthnForm):
    """Show one's passkey once more, before something that matters."""

    credential = CredentialField()


class PasskeyForm(OurWords, webauthn.AddWebAuthnForm):
    """Add a passkey; it must be able to log in by itself."""

    words = {"name": (_("Name of this passkey"), _("To know it by, such as “laptop”."))}
    name = forms.CharField(required=False, max_length=NAME_LENGTH)
    passwordless = forms.BooleanField(initial=True, required=False, widget=forms.HiddenInput)
    credential = CredentialField()

    def clean_passwordless(self) -> bool:
        return True


class PasskeyNameForm(OurWords, webauthn.EditWebAuthnForm):
    """Give a passkey another name."""

    words = {"name": (_("Name of this passkey"), "")}
    name = forms.CharField(max_length=NAME_LENGTH)
