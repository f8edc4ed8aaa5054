"""The forms that ask for digests, and that change them."""

from datetime import date, timedelta, tzinfo
from functools import cached_property, lru_cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from community.subscriptions import consent, offers, selections
from community.subscriptions.models import DUTCH_TIME, Subscription
from community.subscriptions.schedules import Schedule
from community.subscriptions.selections import Selection
from core.forms import AddressField, TrappedForm

LONGEST_PAUSE = timedelta(days=366)
CONTINENTS = (
    "Africa",
    "America",
    "Antarctica",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


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
            (Subscription.Frequency.MONTHLY.value, _("Every month, on the first day")),
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


@lru_cache(maxsize=1)
def zones() -> list[tuple[str, str]]:
    """Return the time zones by name, ours first; read from the disk once."""
    names = sorted(name for name in available_timezones() if name.split("/")[0] in CONTINENTS)
    ordered = [DUTCH_TIME, *(name for name in names if name != DUTCH_TIME and "/" in name)]
    return [(name, name.replace("_", " ")) for name in ordered]


class PreferencesForm(forms.Form):
    """What a digest is about, when it comes, and in which language."""

    about = forms.MultipleChoiceField(
        label=_("What do you want to hear about?"),
        help_text=_("You get one digest about all that you tick. Nothing is in it twice."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one thing, or stop the digest.")},
    )
    frequency = forms.ChoiceField(
        label=_("How often"),
        choices=Subscription.Frequency.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often you want the digest.")},
    )
    weekday = forms.TypedChoiceField(
        label=_("On which day"),
        help_text=_("Only for a digest every week. Every month, it comes on the first day."),
        choices=Subscription.Weekday.choices,
        coerce=int,
    )
    hour = forms.TypedChoiceField(
        label=_("At what time"),
        choices=[(hour, f"{hour}:00") for hour in range(24)],
        coerce=int,
    )
    time_zone = forms.ChoiceField(label=_("On the clock of"), choices=zones)
    paused_until = forms.DateField(
        label=_("Pause until"),
        help_text=_("Until that day you get nothing. Empty means no pause."),
        required=False,
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Fill in a date, like 31-12-2026.")},
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, subscription: Subscription, **kwargs: Any) -> None:
        self.subscription = subscription
        chosen = selections.of(subscription)
        super().__init__(*args, initial=self._initial(chosen), label_suffix="", **kwargs)
        found = offers.beside(chosen)
        self.fields["about"].choices = [(offer.value, offer.name) for offer in found]

    def clean_paused_until(self) -> date | None:
        """A pause ends after today, and within a year."""
        day: date | None = self.cleaned_data["paused_until"]
        today = timezone.localdate()
        if day is not None and not today < day <= today + LONGEST_PAUSE:
            raise ValidationError(_now("Choose a day after today, and within a year."))
        return day

    @property
    def selection(self) -> Selection:
        """What was ticked; ask it of a valid form."""
        return offers.parse(self.cleaned_data["about"])

    @property
    def schedule(self) -> Schedule:
        """The chosen moments; ask it of a valid form."""
        return Schedule(**{name: self.cleaned_data[name] for name in Schedule.__dataclass_fields__})

    @cached_property
    def zone(self) -> tzinfo:
        """The zone of the reader's clock, as it was stored."""
        return Schedule.of(self.subscription).zone

    def _initial(self, chosen: Selection) -> dict[str, Any]:
        mine = self.subscription
        names = ("frequency", "weekday", "hour", "time_zone", "language")
        paused = mine.paused_until
        return {
            **{name: getattr(mine, name) for name in names},
            "about": [offers.value_of(kind, key) for kind, key in chosen.choices],
            "paused_until": paused if paused and paused > timezone.localdate() else None,
        }
