"""The form that asks to follow a conversation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import AddressField


class FollowForm(forms.Form):
    """An address. ``website`` is a trap: people do not see it, programs fill it in."""

    email = AddressField(
        label=_("Your email address"),
        help_text=_("Only used for mails about this conversation. Nobody else sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Fill in your email address.")},
    )
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("website"))


class MemberFollowForm(FollowForm):
    """For someone who is logged in: the address is known."""

    email = None  # type: ignore[assignment]
