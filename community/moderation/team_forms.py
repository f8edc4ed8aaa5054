"""What editors send each other about a comment, and what they choose for themselves."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.comments.forms import EditForm
from community.moderation import colleagues, logbook
from community.moderation.models import Act, Note, Reason, Reminder
from community.moderation.models.figures import FIRST_YEAR
from users.models import User

NOTE_LENGTH = Note._meta.get_field("text").max_length
EXPLANATION_LENGTH = Act._meta.get_field("explanation").max_length

# Days as browsers send them, near enough for any clock to reckon with.
_DAYS: dict[str, Any] = {
    "input_formats": ["%Y-%m-%d"],
    "validators": [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31))],
    "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
}


class ColleagueField(forms.ModelChoiceField):
    def label_from_instance(self, user: User) -> str:
        return f"{user} (@{user.get_username()})"


class AssignForm(forms.Form):
    """Whom a comment goes to; ``seen`` is the key of who had it when the editor looked."""

    to = ColleagueField(
        User.objects.none(),
        label=_("Who looks at it"),
        required=False,
        to_field_name="username",
        empty_label=_("nobody"),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{"auto_id": "assign_%s", **kwargs})
        to = cast(ColleagueField, self.fields["to"])
        to.queryset = colleagues.everyone()


class WordsForm(forms.Form):
    """A word to colleagues: a note, a question or an opinion."""

    text = forms.CharField(label=_("Note"), max_length=NOTE_LENGTH)

    def __init__(self, *args, purpose: str, label: str, help_text: str = "", **kwargs) -> None:
        super().__init__(*args, **{"auto_id": f"{purpose}_%s", **kwargs})
        field = self.fields["text"]
        field.label, field.help_text = label, help_text
        field.widget = forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_LENGTH})


class TextForm(EditForm):
    """Another text by an editor, with the reason; ``version`` is which text the editor saw."""

    note = forms.CharField(
        label=_("Why, for the writer"),
        max_length=EXPLANATION_LENGTH,
        help_text=_("The writer gets this by mail, with both texts and a way to object."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": EXPLANATION_LENGTH}),
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{"auto_id": "text_%s", **kwargs})
        self.fields["comment"].label = _("The text")


class ReminderForm(forms.Form):
    """How often a moderator wants a mail about what waits."""

    rhythm = forms.ChoiceField(
        label=_("When do you want a mail about what waits?"),
        choices=Reminder.Rhythm.choices,
        widget=forms.RadioSelect,
    )


class LogForm(forms.Form):
    """Which lines of the log to show; what is odd in one field leaves the others."""

    soort = forms.ChoiceField(label=_("What"), required=False)
    wie = forms.ChoiceField(label=_("Who"), required=False)
    reden = forms.ChoiceField(label=_("Reason"), required=False)
    van = forms.DateField(label=_("From"), required=False, **_DAYS)
    tot = forms.DateField(label=_("Until and including"), required=False, **_DAYS)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{"auto_id": "log_%s", **kwargs})
        everything = ("", _("all"))
        people = [(str(user.pk), str(user)) for user in logbook.moderators()]
        named = [(reason.code, reason.name) for reason in Reason.objects.all()]
        choices: dict[str, list] = {
            "soort": [everything, *Act.Kind.choices],
            "wie": [everything, (logbook.SOFTWARE, _("the software")), *people],
            "reden": [everything, *named],
        }
        for name, offered in choices.items():
            cast(forms.ChoiceField, self.fields[name]).choices = offered

    def lines(self) -> QuerySet[Act]:
        """Return the lines that fit what is chosen well."""
        self.is_valid()
        chosen = self.cleaned_data
        return logbook.lines(
            kind=chosen.get("soort", ""),
            who=chosen.get("wie", ""),
            reason=chosen.get("reden", ""),
            since=chosen.get("van"),
            until=chosen.get("tot"),
        )


class YearForm(forms.Form):
    """Of which year to count the figures."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR)

    def __init__(self, *args, this_year: int, **kwargs) -> None:
        kwargs.setdefault("initial", {"year": this_year - 1})
        super().__init__(*args, **kwargs)
        field = self.fields["year"]
        field.validators.append(MaxValueValidator(this_year))
        field.widget.attrs["max"] = this_year


class AnswerForm(EditForm):
    """What the author of a post answers to a comment."""

    def __init__(self, *args, key: str, **kwargs) -> None:
        super().__init__(*args, **{"auto_id": f"answer_{key}_%s", **kwargs})
        self.fields["comment"].label = _("Your answer")
        self.fields["comment"].widget.attrs["rows"] = 4


class HoldForm(forms.Form):
    """Why the author of a post wants an editor to look; ``version`` is which text was seen."""

    note = forms.CharField(
        label=_("What should an editor look at?"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_LENGTH}),
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, key: str, **kwargs) -> None:
        super().__init__(*args, **{"auto_id": f"hold_{key}_%s", **kwargs})
