"""What a reader sends who notices a comment."""

import unicodedata
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from community.comments import text
from community.moderation import reasons
from community.moderation.models import Reason
from community.moderation.models.notices import NAME_LENGTH, NOTICE_LENGTH
from core.forms import AddressField

WHO = ("name", "email")


class NoticeForm(forms.Form):
    """A notice by someone without an account, with what the law asks for (DSA, article 16, 2).

    ``website`` is a trap: people do not see it, programs fill it in.
    """

    reason = forms.ChoiceField(
        label=_("What is wrong with this comment?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    explanation = forms.CharField(
        label=_("Explain it"),
        strip=False,
        help_text=_("Why is it against the law or the house rules? At most 2,000 characters."),
        widget=forms.Textarea(
            attrs={"rows": 6, "data-limit": NOTICE_LENGTH, "data-left": _("%s characters left")}
        ),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Fill in your name.")},
    )
    email = AddressField(
        label=_("Your email address"),
        help_text=_("You get a receipt and the decision by mail."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Fill in your email address.")},
    )
    good_faith = forms.BooleanField(
        label=_("I believe in good faith that what I say here is accurate and complete."),
        error_messages={"required": _("Tick this: we may only act on notices in good faith.")},
    )
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    error_css_class = "field--invalid"

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["reason"]).choices = _choices()
        for name in self._left_out:
            self.fields[name].required = False

    def clean_reason(self) -> Reason:
        reason = reasons.find(self.cleaned_data["reason"])
        if reason is None:
            raise ValidationError(_("Choose a reason."))
        return reason

    def clean_explanation(self) -> str:
        """Normalise first, measure after, as with a comment."""
        explanation = text.normalise(self.cleaned_data["explanation"])
        if not explanation:
            raise ValidationError(_("Write something first."))
        if len(explanation) > NOTICE_LENGTH:
            message = _("Your explanation has %(length)s characters; at most %(limit)s fit.")
            numbers = {"length": len(explanation), "limit": NOTICE_LENGTH}
            raise ValidationError(message, params=numbers)
        return explanation

    def clean_name(self) -> str:
        """Take one line with something to read in it, or nothing."""
        name = text.one_line(self.cleaned_data["name"])
        if name and not any(unicodedata.category(character)[0] in "LNPS" for character in name):
            raise ValidationError(_("Give a name that can be read."))
        if len(name) > NAME_LENGTH:  # some characters are several once they are normalised
            raise ValidationError(
                _("Give a name of at most %(limit)s characters."), params={"limit": NAME_LENGTH}
            )
        return name

    def clean(self) -> dict:
        """Empty the trap: a person who sends it again is heard, and a program seldom does."""
        cleaned = super().clean() or {}
        if cleaned.get("website", "").strip():
            self.data = {**self.data, "website": ""}
            message = _("Something filled in a field that you do not see. Send it again.")
            self.add_error(None, message)
        for name in self._left_out:
            self.errors.pop(name, None)
            cleaned[name] = ""
        return cleaned

    @property
    def _left_out(self) -> list[str]:
        """The fields that are not looked at: the law may leave out who it is (article 16, 2c)."""
        is_anonymous = self.data.get("reason") == reasons.CHILD_ABUSE
        return [name for name in WHO if name in self.fields and is_anonymous]


class MemberNoticeForm(NoticeForm):
    """A notice by someone who is logged in: name and address are known."""

    name = None  # type: ignore[assignment]
    email = None  # type: ignore[assignment]


def _choices() -> list[tuple[str, str | Promise]]:
    """Return the reasons in use, and always, as the last, the one that needs no name."""
    known: dict[str, str | Promise] = {
        reason.code: capfirst(reason.name) for reason in reasons.in_use()
    }
    known.pop(reasons.CHILD_ABUSE, None)
    abuse = _("Sexual abuse of children (you need not say who you are)")
    return [*known.items(), (reasons.CHILD_ABUSE, abuse)]
