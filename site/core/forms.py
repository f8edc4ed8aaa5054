"""Form fields that more than one room asks for."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

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
