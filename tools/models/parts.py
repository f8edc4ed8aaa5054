"""The parts of a tool's page that come in rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from tools.vocabulary import CRITERION_MEANS, Answer, Criterion


class ToolStep(Orderable):
    """One step of how to use a tool."""

    tool = ParentalKey("tools.ToolPage", on_delete=models.CASCADE, related_name="steps")
    text = models.TextField(_("step"))

    panels = ["text"]

    class Meta(Orderable.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.text


class ToolCriterion(Orderable):
    """How a tool does on one criterion, and why we think so."""

    tool = ParentalKey("tools.ToolPage", on_delete=models.CASCADE, related_name="criteria")
    criterion = models.CharField(_("criterion"), max_length=20, choices=Criterion.choices)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices)
    why = models.TextField(_("why"))

    panels = ["criterion", "answer", "why"]

    class Meta(Orderable.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(fields=["tool", "criterion"], name="tool_criterion_unique")
        ]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()}: {self.get_answer_display()}"

    @property
    def meaning(self) -> str:
        """What the criterion asks, in one sentence."""
        return str(CRITERION_MEANS[Criterion(self.criterion)])
