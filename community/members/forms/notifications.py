"""The form in which members choose which mails at once they get."""

from typing import Any, Self, cast

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

    def __init__(self, *args: Any, is_moderator: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.offered = [kind for kind in Kind if is_moderator or kind != Kind.WAITING]
        kinds = cast(forms.MultipleChoiceField, self.fields["kinds"])
        kinds.choices = [(kind.value, kind.label) for kind in self.offered]

    @classmethod
    def of(cls, silent: set[str], *, is_moderator: bool) -> Self:
        """Return the form as it stands for someone who switched the kinds ``silent`` off."""
        wanted = [kind.value for kind in Kind if kind not in silent]
        return cls(initial={"kinds": wanted}, is_moderator=is_moderator)

    @property
    def silent(self) -> set[str]:
        """The kinds without a tick, once the form is valid."""
        return {str(kind) for kind in self.offered} - set(self.cleaned_data["kinds"])
