"""What an editor sends from the desk, and a writer who objects."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.comments import text
from community.comments.models import Comment
from community.moderation.models import OBJECTION_LENGTH, Act, Case, Objection, Reason

MAX_KEY = 2**63 - 1  # of a row; a database refuses larger ones


class DecisionForm(forms.Form):
    """One act about one comment; the hidden fields are what the editor saw with it."""

    act = forms.ChoiceField(
        choices=[
            ("approve", _("Approve")),
            ("reject", _("Refuse")),
            ("spam", _("Spam")),
            ("hold", _("Hold")),
        ]
    )
    status = forms.ChoiceField(choices=Comment.Status.choices)
    version = forms.CharField(required=False)
    case = forms.IntegerField(required=False, min_value=1, max_value=MAX_KEY)
    objection = forms.IntegerField(required=False, min_value=1, max_value=MAX_KEY)
    reason = forms.ModelChoiceField(
        Reason.objects.filter(is_used=True),
        label=_("Reason"),
        required=False,
        to_field_name="code",
        empty_label=_("Choose a reason"),
    )
    explanation = forms.CharField(
        label=_("Explanation to the writer"),
        required=False,
        max_length=Act._meta.get_field("explanation").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if cleaned.get("act") == "reject" and not cleaned.get("reason"):
            self.add_error("reason", _("Choose a reason: the writer gets to read it."))
        return cleaned


class TogetherForm(forms.Form):
    """One act about many comments."""

    act = forms.ChoiceField(
        choices=[("approve", _("Approve")), ("reject", _("Refuse")), ("spam", _("Spam"))]
    )
    reason = forms.ModelChoiceField(
        Reason.objects.filter(is_used=True), required=False, to_field_name="code"
    )
    explanation = forms.CharField(required=False, max_length=1000)

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if cleaned.get("act") == "reject" and not cleaned.get("reason"):
            self.add_error("reason", _("Choose a reason: the writers get to read it."))
        return cleaned


class JudgementForm(forms.Form):
    """What is decided about an objection; a refusal that stands needs an answer."""

    outcome = forms.ChoiceField(choices=Objection.Outcome.choices)
    answer = forms.CharField(
        required=False, max_length=Objection._meta.get_field("answer").max_length
    )

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == Objection.Outcome.DENIED and not cleaned.get("answer"):
            self.add_error("answer", _("Write an answer: the writer reads why the refusal stands."))
        return cleaned


class KeepForm(forms.Form):
    """Why a comment stays that readers noticed, and how the editor saw it."""

    status = forms.ChoiceField(choices=Comment.Status.choices, required=False)
    version = forms.CharField(required=False)
    answer = forms.CharField(
        max_length=Case._meta.get_field("answer").max_length,
        error_messages={"required": _("Write an answer: who noticed it reads why it stays.")},
    )


class ObjectionForm(forms.Form):
    """What a writer says against a refusal."""

    objection = forms.CharField(
        label=_("Why do you disagree?"),
        strip=False,
        help_text=_("At most 2,000 characters. Only editors read this."),
        widget=forms.Textarea(
            attrs={"rows": 6, "data-limit": OBJECTION_LENGTH, "data-left": _("%s characters left")}
        ),
    )

    error_css_class = "field--invalid"

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def clean_objection(self) -> str:
        """Normalise first, measure after, as with a comment."""
        objection = text.normalise(self.cleaned_data["objection"])
        if not objection:
            raise ValidationError(_("Write something first."))
        if len(objection) > OBJECTION_LENGTH:
            message = _("Your objection has %(length)s characters; at most %(limit)s fit.")
            numbers = {"length": len(objection), "limit": OBJECTION_LENGTH}
            raise ValidationError(message, params=numbers)
        return objection
