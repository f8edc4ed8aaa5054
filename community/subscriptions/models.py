"""Who gets digests, how often, and the consent that they gave."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


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
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("every week")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("email address"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    frequency = models.CharField(
        _("how often"), max_length=10, choices=Frequency.choices, default=Frequency.WEEKLY
    )
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
        ]

    def __str__(self) -> str:
        return f"{self.get_frequency_display()} ({self.get_state_display()})"


TERMS = (
    "frequency",
    "language",
    "consent_text",
    "consent_version",
    "consent_page",
    "requested_at",
)


class Agreement(models.Model):
    """One time that somebody asked for digests, and the text that was shown then.

    The proof of consent: it is written once, and only says later when whoever has the
    address confirmed it (``confirmed_at``), and when it stopped (``ended_at``).
    ``public_id`` stands in the link that confirms it.
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
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
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
            )
        ]

    def __str__(self) -> str:
        return f"{self.consent_version}, {self.requested_at:%Y-%m-%d}"

    @property
    def terms(self) -> dict[str, Any]:
        """What a subscription takes over from it."""
        return {name: getattr(self, name) for name in TERMS}
