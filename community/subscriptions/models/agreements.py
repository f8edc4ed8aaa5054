"""The consent that readers gave."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.subscriptions.models.choices import EVERYTHING
from community.subscriptions.models.subscriptions import USUAL_HOUR, Subscription

TERMS = (
    "frequency",
    "weekday",
    "hour",
    "language",
    "consent_text",
    "consent_version",
    "consent_page",
    "requested_at",
)


def _everything() -> list[list[str]]:
    return [[EVERYTHING, ""]]


class Agreement(models.Model):
    """One time that somebody asked for digests, and the text that was shown then.

    The proof of consent: written once, it only says later when whoever has the address
    confirmed it (``confirmed_at``), and when it stopped (``ended_at``). ``choices`` are
    the kinds and keys of `Choice`. ``public_id`` stands in the link that confirms it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subscription = models.ForeignKey(
        Subscription,
        verbose_name=_("subscription"),
        on_delete=models.CASCADE,
        related_name="agreements",
    )
    frequency = models.CharField(
        _("how often"), max_length=10, choices=Subscription.Frequency.choices
    )
    weekday = models.PositiveSmallIntegerField(
        _("day of the week"),
        choices=Subscription.Weekday.choices,
        default=Subscription.Weekday.MONDAY,
        db_default=Subscription.Weekday.MONDAY,
    )
    hour = models.PositiveSmallIntegerField(_("hour"), default=USUAL_HOUR, db_default=USUAL_HOUR)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    choices = models.JSONField(
        _("what about"), default=_everything, db_default=[[EVERYTHING, ""]], editable=False
    )
    consent_text = models.TextField(_("text that was shown"))
    consent_version = models.CharField(_("version of that text"), max_length=20)
    consent_page = models.CharField(_("page where it was shown"), max_length=250)
    requested_at = models.DateTimeField(_("requested"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(
                name="agreement_to_confirm",
                fields=["requested_at"],
                condition=models.Q(confirmed_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="agreement_ended_was_confirmed",
                condition=models.Q(ended_at__isnull=True) | models.Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_has_day_and_hour", condition=models.Q(weekday__lte=6, hour__lte=23)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consent_version}, {self.requested_at:%Y-%m-%d}"

    @property
    def terms(self) -> dict[str, Any]:
        """What a subscription takes over from it."""
        return {name: getattr(self, name) for name in TERMS}
