"""Who gets digests, how often, and when the next one comes."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

DUTCH_TIME = "Europe/Amsterdam"
USUAL_HOUR = 8  # on the reader's clock


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> Self:
        """Confirmed and not ended."""
        return self.filter(state=Subscription.State.CONFIRMED)

    def for_address(self, email: str) -> Self:
        """The one subscription of ``email``, whichever way its letters were typed."""
        return self.alias(lowered=Lower("email")).filter(lowered=email.strip().lower())

    def due(self, now: datetime) -> Self:
        """Active subscriptions whose next digest may go out at ``now``, longest due first."""
        return self.active().filter(next_digest_at__lte=now).order_by("next_digest_at", "pk")


class Subscription(models.Model):
    """One address's wish for digests: pending, then confirmed, then ended.

    Its terms (`TERMS`) are those of the `Agreement` that was confirmed last; while it
    is pending, of the one that was asked for last. ``digested_until`` is where the last
    digest stopped and the next begins; ``next_digest_at`` is when that one may go out.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("waiting for confirmation")
        CONFIRMED = "confirmed", _("confirmed")
        ENDED = "ended", _("ended")

    class Frequency(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("every week")
        MONTHLY = "monthly", _("every month")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("email address"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    frequency = models.CharField(
        _("how often"), max_length=10, choices=Frequency.choices, default=Frequency.WEEKLY
    )
    weekday = models.PositiveSmallIntegerField(
        _("day of the week"),
        choices=Weekday.choices,
        default=Weekday.MONDAY,
        db_default=Weekday.MONDAY,
    )
    hour = models.PositiveSmallIntegerField(_("hour"), default=USUAL_HOUR, db_default=USUAL_HOUR)
    time_zone = models.CharField(
        _("time zone"), max_length=63, default=DUTCH_TIME, db_default=DUTCH_TIME
    )
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PENDING
    )
    consent_text = models.TextField(_("text that was shown"))
    consent_version = models.CharField(_("version of that text"), max_length=20)
    consent_page = models.CharField(_("page where it was shown"), max_length=250)
    requested_at = models.DateTimeField(_("requested"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    digested_until = models.DateTimeField(null=True, blank=True, editable=False)
    next_digest_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(
                name="subscription_due",
                fields=["next_digest_at"],
                condition=models.Q(state="confirmed"),
            )
        ]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="subscription_email_unique"),
            models.CheckConstraint(
                name="subscription_confirmed_has_moments",
                condition=~models.Q(state="confirmed")
                | models.Q(
                    confirmed_at__isnull=False,
                    digested_until__isnull=False,
                    next_digest_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="subscription_ended_has_moment",
                condition=~models.Q(state="ended") | models.Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="subscription_has_day_and_hour",
                condition=models.Q(weekday__lte=6, hour__lte=23),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_frequency_display()} ({self.get_state_display()})"
