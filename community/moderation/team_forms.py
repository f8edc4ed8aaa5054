"""What editors send each other about a comment, and what they choose for themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.comments.forms import EditForm
from community.moderation import colleagues
from community.moderation.models import Act, Note
from users.models import User

NOTE_LENGTH = Note._meta.get_field("text").max_length
EXPLANATION_LENGTH = Act._meta.get_field("explanation").max_length


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
        super().__init__(*args, auto_id="assign_%s", **kwargs)
        self.fields["to"].queryset = colleagues.everyone()


class WordsForm(forms.Form):
    """A word to colleagues: a note, a question or an opinion."""

    text = forms.CharField(label=_("Note"), max_length=NOTE_LENGTH)

    def __init__(self, *args, purpose: str, label: str, help_text: str = "", **kwargs) -> None:
        super().__init__(*args, auto_id=f"{purpose}_%s", **kwargs)
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
        super().__init__(*args, auto_id="text_%s", **kwargs)
        self.fields["comment"].label = _("The text")
