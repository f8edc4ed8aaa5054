"""The forms that ask for digests, and that change them."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta, tzinfo
from functools import cached_property, lru_cache
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from community.subscriptions import consent, offers, selections
from community.subscriptions.models import DUTCH_TIME, USUAL_HOUR, Subscription
from community.subscriptions.offers import Pair
from community.subscriptions.schedules import Schedule
from community.subscriptions.selections import Selection
from core.forms import AddressField, TrappedForm

HOURS = [(hour, f"{hour}:00") for hour in range(24)]
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


class AboutField(forms.MultipleChoiceField):
    """What a digest is about: any thing that exists, of which some are shown to tick."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > offers.MOST:
            raise ValidationError(_now("Choose at most %(most)d things.") % {"most": offers.MOST})

    def offer(self, wanted: Iterable[Pair], *, also: Iterable[Pair] = ()) -> None:
        """Show what everyone can choose from, and ``wanted`` and ``also`` besides."""
        found = offers.beside(wanted, also=also)
        self.choices = [(offer.value, offer.name) for offer in found]

    def on_offer(self, values: Iterable[str]) -> list[str]:
        """Return those of ``values`` that can be ticked."""
        return [value for value in values if self.valid_value(value)]


class MadeChoiceField(forms.TypedChoiceField):
    """A choice that is made already: a form that does not ask for it takes ``initial``."""

    def clean(self, value: Any) -> Any:
        return self.initial if value in self.empty_values else super().clean(value)


class SubscribeForm(TrappedForm):
    """An address, how often, and an unticked box; what about, if something was asked for.

    Without that it is about everything. Which day and hour need not be asked.
    """

    about = AboutField(
        label=_("What do you want to hear about?"),
        help_text=_("You get one digest about all that you tick. Nothing is in it twice."),
        error_messages={"required": _("Tick at least one thing.")},
    )

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
            (Subscription.Frequency.AT_ONCE.value, _("At once, within a quarter of an hour")),
        ],
        initial=Subscription.Frequency.WEEKLY,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often you want the digest.")},
    )
    weekday = MadeChoiceField(
        label=_("On which day"),
        help_text=_("Only for a digest every week. Every month, it comes on the first day."),
        choices=Subscription.Weekday.choices,
        coerce=int,
        initial=Subscription.Weekday.MONDAY,
    )
    hour = MadeChoiceField(
        label=_("At what time"),
        choices=HOURS,
        coerce=int,
        initial=USUAL_HOUR,
    )
    consent = forms.BooleanField(
        error_messages={
            "required": _("Tick the box: without your consent we may not send you anything.")
        },
    )

    def __init__(self, *args: Any, wanted: Collection[Pair] | None = None, **kwargs: Any) -> None:
        """``wanted`` is what was asked for or sent; without it nothing is asked about."""
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = consent.text()
        if wanted is None:
            del self.fields["about"]
        else:
            self.initial["about"] = offers.values_of(Selection.of(wanted))
            about = cast(AboutField, self.fields["about"])
            about.offer(wanted, also=offers.around(wanted))

    @property
    def has_own_moment(self) -> bool:
        """Whether another day or hour was chosen than the usual ones, rightly or wrongly."""
        return self.is_bound and bool({"weekday", "hour"} & {*self.changed_data, *self.errors})

    @property
    def asked(self) -> Selection:
        """What is ticked, of what can be; everything in a form that asks about nothing."""
        if "about" not in self.fields:
            return selections.EVERYTHING
        about = cast(AboutField, self.fields["about"])
        return offers.parse(about.on_offer(self["about"].value() or []))

    @property
    def selection(self) -> Selection:
        """What was ticked; ask it of a valid form."""
        chosen = self.cleaned_data.get("about")
        return selections.EVERYTHING if chosen is None else offers.parse(chosen)


@lru_cache(maxsize=1)
def zones() -> list[tuple[str, str]]:
    """Return the time zones by name, ours first; read from the disk once."""
    names = sorted(name for name in available_timezones() if name.split("/")[0] in CONTINENTS)
    ordered = [DUTCH_TIME, *(name for name in names if name != DUTCH_TIME and "/" in name)]
    return [(name, name.replace("_", " ")) for name in ordered]


class PreferencesForm(forms.Form):
    """What a digest is about, when it comes, and in which language."""

    about = AboutField(
        label=_("What do you want to hear about?"),
        help_text=_("You get one digest about all that you tick. Nothing is in it twice."),
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
        choices=HOURS,
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

    def __init__(
        self, *args: Any, subscription: Subscription, wanted: Collection[Pair], **kwargs: Any
    ) -> None:
        """``wanted`` is what is shown to tick besides what was chosen before."""
        self.subscription = subscription
        chosen = selections.of(subscription)
        initial = self._initial(chosen | Selection.of(wanted))
        kwargs |= {"initial": initial, "label_suffix": ""}
        super().__init__(*args, **kwargs)
        cast(AboutField, self.fields["about"]).offer({*chosen.choices, *wanted})

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
            "about": offers.values_of(chosen),
            "paused_until": paused if paused and paused > timezone.localdate() else None,
        }
