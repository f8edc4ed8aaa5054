"""Why a comment is refused, in words that editors can change."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

ADVERTISING, SPAM = "advertising", "spam"


class Reason(models.Model):
    """A reason to refuse a comment, and what its writer gets to read.

    ``code`` never changes: the log and the yearly figures count by it. A reason that
    is out of use stays, because the log still points at it.
    """

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name_nl = models.CharField(_("reason, in Dutch"), max_length=60)
    name_en = models.CharField(_("reason, in English"), max_length=60)
    text_nl = models.TextField(_("text to the writer, in Dutch"), max_length=600, blank=True)
    text_en = models.TextField(_("text to the writer, in English"), max_length=600, blank=True)
    position = models.PositiveSmallIntegerField(
        _("place in the list"), default=0, help_text=_("The first nine can be chosen by a key.")
    )
    is_used = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("reason to refuse")
        verbose_name_plural = _("reasons to refuse")
        ordering = ["position", "pk"]
        default_permissions = ("add", "change", "view")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The reason in the language that is active."""
        return self.name_in(get_language() or "nl")

    def name_in(self, language: str) -> str:
        """Return the reason in ``language``; in Dutch when that has none."""
        return self.name_en if language.startswith("en") else self.name_nl

    def text_in(self, language: str) -> str:
        """Return what the writer gets to read, in ``language``; may be empty."""
        return self.text_en if language.startswith("en") else self.text_nl
