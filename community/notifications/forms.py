"""The form that asks to follow a conversation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import AddressField, TrappedForm


class FollowForm(TrappedForm):
    """An address."""

    email = AddressField(
        label=_("Your email address"),
        help_text=_("Only used for mails about this conversation. Nobody else sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Fill in your email address.")},
    )


class MemberFollowForm(FollowForm):
    """For someone who is logged in: the address is known."""

    email = None  # type: ignore[assignment]
