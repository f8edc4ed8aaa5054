"""What an editor fills in about the next digests."""

from collections.abc import Mapping

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.comments import text
from community.digests import introductions
from community.digests.models import Introduction


class IntroductionForm(forms.Form):
    """One text for each language of the site; the fields are named by their codes."""

    def __init__(self, *args, written: Mapping[str, Introduction], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[code] = forms.CharField(
                label=name,
                required=False,
                max_length=introductions.LONGEST,
                initial=written[code].text if code in written else "",
                help_text=_("Plain text, at most %(number)s characters.")
                % {"number": introductions.LONGEST},
                widget=forms.Textarea(attrs={"rows": 4, "lang": code}),
            )

    def texts(self) -> dict[str, str]:
        """Return the valid texts by language, without control characters."""
        return {code: text.normalise(said) for code, said in self.cleaned_data.items()}
