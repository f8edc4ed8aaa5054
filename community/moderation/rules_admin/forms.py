"""What an editor fills in about a rule or a writer."""

from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from community.comments import text
from community.comments.blocking import cleaning
from community.comments.blocking.wording import BadPattern
from community.comments.models import BlockRule, WriterTrust
from community.moderation.rules_admin.sources import Source, source

Kind = BlockRule.Kind
FAR = timedelta(days=36525)  # a rule that holds longer has no end
DOUBLE = _("There is a rule for this already. Change that one, or delete it first.")


class ReasonMixin:
    """A reason as people read it: without control characters, and not only of these."""

    def clean_reason(self) -> str:
        reason = text.normalise(self.cleaned_data["reason"])  # type: ignore[attr-defined]
        if not reason:
            raise ValidationError(_("Write down why, for your colleagues."))
        return reason


class RuleForm(ReasonMixin, forms.ModelForm):
    """A rule. Without a pattern it is about the writer or network of the comment ``reactie``."""

    last_day = forms.DateField(
        label=_("Holds until and including"),
        required=False,
        help_text=_("Empty: until someone ends it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reactie = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = BlockRule
        fields = ["kind", "pattern", "inside_compounds", "act", "reason"]
        widgets = {
            "reason": forms.Textarea(attrs={"rows": 3}),
            "pattern": forms.TextInput(
                attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
            ),
        }
        help_texts = {
            "inside_compounds": _("For a word: “casino” then finds “onlinecasino” as well."),
            "reason": _("For your colleagues; the writer does not see it."),
        }

    def __init__(self, *args, now: datetime, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["kind"].choices = Kind.choices
        self.key, self.until = self.instance.key, self.instance.until
        if self.key:
            self.initial["pattern"] = ""
        if self.until:
            last = timezone.localtime(self.until - timedelta(microseconds=1))
            self.initial.setdefault("last_day", last.date())

    @cached_property
    def source(self) -> Source | None:
        """The comment that the rule is made from, if there is one."""
        return source(self["reactie"].value(), now=self.now)

    def clean_last_day(self) -> datetime | None:
        """Return the first moment at which the rule does nothing."""
        day = self.cleaned_data["last_day"]
        if day is None:
            return None
        today = timezone.localdate(self.now)
        if not today <= day <= today + FAR:
            raise ValidationError(_("Give today or a later day."))
        midnight = datetime.combine(day + timedelta(days=1), time.min)
        return timezone.make_aware(midnight)

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        self.until = cleaned["last_day"]
        try:
            self._settle(cleaned)
        except BadPattern as bad:
            self.add_error("pattern", bad.message)
        else:
            self._look_for_double(cleaned)
        return cleaned

    def _settle(self, cleaned: dict) -> None:
        """Find out what the rule looks for; raises `BadPattern`."""
        kind, typed = cleaned["kind"], cleaned["pattern"]
        if typed:
            inside = cleaned["inside_compounds"]
            cleaned["pattern"] = cleaning.clean(kind, typed, inside_compounds=inside)
            self.key = ""
        else:
            self._take_from_comment(kind, cleaned)
        cleaned["inside_compounds"] = cleaned["inside_compounds"] and kind == Kind.WORD

    def _take_from_comment(self, kind: str, cleaned: dict) -> None:
        """Make the rule about the writer or the network of a comment, or leave it at that."""
        if self.instance.key and kind == self.instance.kind:
            cleaned["pattern"], end = self.instance.pattern, self.instance.until
        else:
            found = self.source
            self.key = found.key(kind) if found else ""
            if not found or not self.key:
                raise BadPattern(str(_("Fill in what the rule looks for.")))
            cleaned["pattern"] = found.address if kind == Kind.ADDRESS else ""
            end = found.network_until
        if kind == Kind.NETWORK and end:
            self.until = min(end, self.until or end)

    def _look_for_double(self, cleaned: dict) -> None:
        same = Q(kind=cleaned["kind"], pattern=cleaned["pattern"], key=self.key)
        if BlockRule.objects.filter(same).exclude(pk=self.instance.pk).exists():
            self.add_error("pattern", DOUBLE)

    def _post_clean(self) -> None:
        """Give the rule what is not a field of the form as well."""
        self.instance.key, self.instance.until = self.key, self.until
        super()._post_clean()


class TrustForm(ReasonMixin, forms.ModelForm):
    """What an editor says about a writer, and why."""

    class Meta:
        model = WriterTrust
        fields = ["level", "reason"]
        widgets = {"level": forms.RadioSelect, "reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"reason": _("For your colleagues; the writer does not see it.")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = WriterTrust.Level.choices
