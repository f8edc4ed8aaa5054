"""Our words on somebody else's form."""

import unicodedata
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = (_("New password"), _("At least 8 characters, and not one that many people use."))
CODE = (_("Code"), _("It stands in the email that we sent. Capitals and dashes do not matter."))
EMAIL = (_("Email address"), "")
LONGEST = 254  # characters: of an address (RFC 5321), and of whatever else one types here

Words = tuple[str | Promise, str | Promise]


def without_controls(address: str) -> None:
    """Refuse what Django lets through within quotes, and what no header may hold."""
    if any(unicodedata.category(letter)[0] == "C" for letter in address):
        raise ValidationError(validate_email.message, code="invalid")


class OurWords:
    """A form whose ``words`` give a field its label and its help.

    No placeholders, and a bound on what is typed.
    """

    words: ClassVar[dict[str, Words]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.CharField) and not isinstance(field, forms.JSONField):
                field.validators.append(MaxLengthValidator(LONGEST))
            if isinstance(field, forms.EmailField):
                field.validators.append(without_controls)
            if name in self.words:
                field.label, field.help_text = self.words[name]


class OnePassword(OurWords):
    """A form that asks a new password once: browsers show what was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]  # type: ignore[attr-defined]
