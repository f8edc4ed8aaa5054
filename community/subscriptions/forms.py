"""The form that asks for digests."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.subscriptions import consent
from community.subscriptions.models import Subscription
from core.forms import AddressField


class SubscribeForm(forms.Form):
    """An address, how often, and an unticked box. ``website`` is there for robots alone."""

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
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = consent.text()

    @property
    def filled_by_robot(self) -> bool:
        return bool(self.data.get("website", "").strip())
