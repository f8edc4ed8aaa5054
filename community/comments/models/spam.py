"""What was learned about spam, version by version."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpamModelQuerySet(models.QuerySet["SpamModel"]):
    def newest_first(self) -> Self:
        """Versions without their weights, which are large; the first is the one that judges."""
        return self.order_by("-version").defer("weights")


class SpamModel(models.Model):
    """One version of what was learned. The newest judges; older ones are there to compare.

    ``ham`` and ``spam`` count the texts that it learned from. A text that scores above
    ``threshold``, which goes from 0 to 1 as scores do, is held. ``weights`` hold numbers
    of words, no texts (`spam.classifier.Classifier.pack`).
    """

    class Source(models.TextChoices):
        FILE = "file", _("a file of examples")
        DECISIONS = "decisions", _("decisions by editors")

    version = models.BigAutoField(_("version"), primary_key=True)
    trained_at = models.DateTimeField(_("trained"))
    source = models.CharField(_("learned from"), max_length=10, choices=Source.choices)
    ham = models.PositiveIntegerField(_("good comments"))
    spam = models.PositiveIntegerField(_("spam"))
    threshold = models.FloatField(_("held above"))
    weights = models.BinaryField()

    objects = models.Manager.from_queryset(SpamModelQuerySet)()

    class Meta:
        verbose_name = _("version of the spam filter")
        verbose_name_plural = _("versions of the spam filter")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="spam_model_threshold_is_a_score",
                condition=models.Q(threshold__gte=0, threshold__lte=1),
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.get_source_display()})"


class SpamLesson(models.Model):
    """What is left to learn from spam that an editor recognised and that is deleted by now.

    ``features`` are the numbers of its words in no order; its text, its writer and its
    place are gone.
    """

    decided_at = models.DateTimeField(_("decided"), db_index=True)
    features = models.BinaryField()

    class Meta:
        verbose_name = _("lesson from spam")
        verbose_name_plural = _("lessons from spam")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.decided_at:%Y-%m-%d}"
