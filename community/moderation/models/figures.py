"""The page with the year's figures, for everyone."""

from datetime import datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from core.models import BasePage

FIRST_YEAR, LAST_YEAR = 2000, 2999
HOUR, DAY = 60, 60 * 24  # minutes


class FiguresPage(BasePage):
    """What editors did in one year, in figures that do not change any more.

    ``figures`` is what `figures.count` gave when an editor last asked for it. Editors
    add words and publish; the page itself comes from ``/admin/reacties/cijfers/``.
    """

    year = models.PositiveSmallIntegerField(
        _("year"),
        editable=False,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    introduction = models.TextField(_("introduction"), blank=True)
    figures = models.JSONField(_("figures"), default=dict, editable=False)

    is_creatable = False
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, "introduction"]

    class Meta:
        verbose_name = _("figures of a year")
        verbose_name_plural = _("figures of years")
        indexes = [models.Index(fields=["year"], name="figures_year")]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        return context | {
            "figures": self.figures,
            "reasons": self.reasons(),
            "wait": in_words(self.figures.get("median_minutes")),
            "counted_at": self.counted_at,
            "is_partial": self.is_partial,
        }

    @property
    def counted_at(self) -> datetime | None:
        return parse_datetime(self.figures.get("counted_at", ""))

    @property
    def is_partial(self) -> bool:
        """Whether the year was not over when it was counted."""
        return self.counted_at is not None and localtime(self.counted_at).year <= self.year

    def reasons(self) -> list[dict[str, Any]]:
        """Return how often each reason was given, by its name in the active language."""
        language = "en" if (get_language() or "").startswith("en") else "nl"
        return [{**row, "name": row[language]} for row in self.figures.get("reasons", [])]


def in_words(minutes: int | None) -> str:
    """Return how long ``minutes`` are, in the largest unit that leaves two or more of it."""
    if minutes is None:
        return ""
    if minutes < 2 * HOUR:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    if minutes < 2 * DAY:
        hours = round(minutes / HOUR)
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = round(minutes / DAY)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
