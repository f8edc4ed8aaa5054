"""The form in which members choose which mails at once they get."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from community.notifications.models import Kind


class NotificationsForm(forms.Form):
    """One box for each kind of notification; a kind without a tick is off."""

    kinds = forms.MultipleChoiceField(
        label=_("Mail me about"),
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    @classmethod
    def of(cls, silent: set[str]) -> Self:
        """Return the form as it stands for someone who switched the kinds ``silent`` off."""
        return cls(initial={"kinds": [kind for kind in Kind if kind not in silent]})

    @property
    def silent(self) -> set[str]:
        """The kinds without a tick, once the form is valid."""
        return {str(kind) for kind in Kind} - set(self.cleaned_data["kinds"])
