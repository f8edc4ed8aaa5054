"""Form fields that more than one room asks for."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

ADDRESS_LENGTH = 254  # characters; as long as our columns, and as a mailbox may be (RFC 5321)


class AddressField(forms.EmailField):
    """An email address that can be stored and stand in a header.

    Django takes a quoted part with control characters in it; no mail server of
    today does, and a header must not hold one.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": ADDRESS_LENGTH, **kwargs})

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        if any(unicodedata.category(character)[0] == "C" for character in address):
            raise ValidationError(EmailValidator.message, code="invalid")
        return address


class TrappedForm(forms.Form):
    """A form with a field that people do not see and programs fill in.

    Who falls in gets the answer of anyone else, and no mail. A password manager may
    have filled the field in for someone: the answer leads all to the form once more,
    then without it (``opnieuw``).
    """

    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opnieuw = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @property
    def is_again(self) -> bool:
        """Whether somebody asks for what did not come the first time."""
        return bool(self["opnieuw"].value())

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled this in; asked before anything else is looked at."""
        return not self.is_again and bool(self.data.get("website", "").strip())


def asked_again(request: HttpRequest) -> dict[str, bool]:
    """Return the initial values for a `TrappedForm` that ``request`` opens."""
    return {"opnieuw": "opnieuw" in request.GET}
