"""The form that asks for digests."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.subscriptions import consent
from community.subscriptions.models import Subscription
from core.forms import AddressField, TrappedForm


class SubscribeForm(TrappedForm):
    """An address, how often, and an unticked box."""

    email = AddressField(
        label=_("Your email address"),
        help_text=_("Only used to send you the digest. Nobody else sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Fill in your email address.")},
    )
    frequency = forms.ChoiceField(
        label=_("How often"),
        choices=[
            (Subscription.Frequency.WEEKLY.value, _("Every week, on Monday morning")),
            (Subscription.Frequency.DAILY.value, _("Every day, in the morning")),
        ],
        initial=Subscription.Frequency.WEEKLY,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often you want the digest.")},
    )
    consent = forms.BooleanField(
        error_messages={
            "required": _("Tick the box: without your consent we may not send you anything.")
        },
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = consent.text()
