"""Forms of the list of addresses that get no mail."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mail import suppression
from mail.addresses import one_line
from mail.models import Suppression


class SuppressForm(forms.ModelForm):
    """An address that is to get no mail, and why."""

    email = forms.EmailField(label=_("email address"), max_length=254)
    note = forms.CharField(
        label=_("reason"),
        max_length=250,
        help_text=_("Others read this too. Do not write down more about a person than it takes."),
    )

    class Meta:
        model = Suppression
        fields: list[str] = []

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if suppression.is_suppressed(email):
            raise ValidationError(_("This address gets no mail already."))
        return email

    def clean_note(self) -> str:
        return one_line(self.cleaned_data["note"])


class LiftForm(forms.Form):
    """Why an address may have mail again."""

    reason = forms.CharField(label=_("reason"), max_length=250)

    def clean_reason(self) -> str:
        return one_line(self.cleaned_data["reason"])
