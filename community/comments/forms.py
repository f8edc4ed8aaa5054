"""The form under a page, and what it makes of odd input."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from community.comments import improving, own, text
from community.comments.models import Comment
from core.forms import AddressField

NAME_LENGTH = 50


class CommentForm(forms.Form):
    """A comment by someone without an account.

    ``website`` is a trap: people do not see it, programs fill it in. ``duur`` is how
    many seconds the page was open, as far as a script could tell. ``sleutel`` and
    ``verbetert`` are there when a refused comment is sent again, see `improving`.
    """

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        help_text=_("Shown with your comment."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressField(
        label=_("Email address"),
        help_text=_("Is not published. You get one mail with a link to confirm your comment."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    comment = forms.CharField(
        label=_("Comment"),
        strip=False,
        help_text=_("At most 3,000 characters. *Emphasis*, lists, quotes and links work."),
        widget=forms.Textarea(
            attrs={
                "rows": 6,
                "data-limit": text.MAX_LENGTH,
            }
        ),
    )
    follow = forms.ChoiceField(
        label=_("What do you want a mail about?"),
        choices=Comment.Follow.choices,
        required=False,
        initial=Comment.Follow.NONE,
        widget=forms.RadioSelect,
        help_text=_("Every mail has a link to stop them."),
    )
    reply_to = forms.CharField(required=False, widget=forms.HiddenInput)
    sleutel = forms.CharField(required=False, widget=forms.HiddenInput)
    verbetert = forms.CharField(required=False, widget=forms.HiddenInput)
    duur = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-seconds": ""}))
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    error_css_class = "field--invalid"

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        kwargs.setdefault("auto_id", "id_comment_%s")
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        """Refuse a name of more than one line: it may end up in a mail's headers."""
        name = self.cleaned_data["name"]
        if "\r" in name or "\n" in name:
            raise ValidationError(_("Give your name on one line."))
        cleaned = text.one_line(name)
        if len(cleaned) > NAME_LENGTH:  # some characters are several once they are normalised
            raise ValidationError(
                _("Give a name of at most %(limit)s characters."), params={"limit": NAME_LENGTH}
            )
        if not any(unicodedata.category(character)[0] in "LNPS" for character in cleaned):
            raise ValidationError(_("Give a name that can be read."))
        return cleaned

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip()

    def clean_comment(self) -> str:
        """Normalise first, measure after: what is kept is what was measured."""
        comment = text.normalise(self.cleaned_data["comment"])
        if not comment:
            raise ValidationError(_("Write something first."))
        if len(comment) > text.MAX_LENGTH:
            message = _("Your comment has %(length)s characters; at most %(limit)s fit.")
            numbers = {"length": len(comment), "limit": text.MAX_LENGTH}
            raise ValidationError(message, params=numbers)
        return comment

    def clean_follow(self) -> str:
        return self.cleaned_data["follow"] or Comment.Follow.NONE

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data.get("website", "").strip())

    @property
    def seconds(self) -> int | None:
        """How long the page was open; ``None`` without a script, or for what makes no sense."""
        said = self.cleaned_data.get("duur", "")
        return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else None

    @property
    def answers(self) -> str:
        """The public id of the comment that is answered, as it was sent."""
        return self.cleaned_data.get("reply_to", "")

    def improved(self, *, by: str, on: Page) -> Comment | None:
        """Return the refused comment of the address ``by`` that this one improves, if it does."""
        wanted, key = (self.cleaned_data.get(name, "") for name in (improving.FIELD, own.FIELD))
        return improving.refused(wanted, on=on, key=key, email=by)


class MemberCommentForm(CommentForm):
    """A comment by someone who is logged in: name and address are known."""

    name = None  # type: ignore[assignment]
    email = None  # type: ignore[assignment]


class EditForm(MemberCommentForm):
    """Another text for a comment that stands already."""

    follow = None  # type: ignore[assignment]
    reply_to = None  # type: ignore[assignment]
    sleutel = None  # type: ignore[assignment]
    verbetert = None  # type: ignore[assignment]
    duur = None  # type: ignore[assignment]
    website = None  # type: ignore[assignment]
