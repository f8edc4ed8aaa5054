"""Which digest was made for whom, about which period, and where periods touch."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from community.subscriptions.models import Subscription
from mail.models import Message


class Seam(models.Model):
    """Where periods end and begin: what was to be seen of the last minutes before it.

    ``posts`` are keys of pages, posts and tools alike, ``comments`` of comments; see
    `community.digests.seams`.
    """

    at = models.DateTimeField(_("moment"), unique=True)
    posts = models.JSONField(default=list, blank=True)
    comments = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("seam between periods")
        verbose_name_plural = _("seams between periods")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Edition(models.Model):
    """What the digests of one period about the same things have in common: a web page.

    Nothing of the contents is kept: the page looks them up anew, so what has been taken
    away since is gone there too. Nor does it say whose digests they were. ``choices``
    are kinds and keys of what they were about; none is everything. Where they began with an
    introduction from before the period, ``introduced_since`` is when that was written.
    ``key`` is a hash of all these.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=64, unique=True, editable=False)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"))
    choices = models.JSONField(default=list, blank=True)
    introduced_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("web version of a digest")
        verbose_name_plural = _("web versions of digests")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="edition_since_before_until", condition=models.Q(since__lt=models.F("until"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d} – {self.until:%Y-%m-%d}"


class Letter(models.Model):
    """What one digest tells, in whichever mails it is: their ``about`` is its ``name``.

    ``posts`` are keys of pages, posts and tools alike; ``comments`` are keys of comments,
    each with its `items.marked`; ``uses`` are keys of uses of tools. What is taken back before
    the mail has left is found by these (`recalling`).
    """

    name = models.CharField(max_length=64, unique=True, editable=False)
    posts = models.JSONField(default=list, blank=True)
    comments = models.JSONField(default=list, blank=True)
    uses = models.JSONField(default=list, blank=True)
    written_at = models.DateTimeField(_("written"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("what a digest tells")
        verbose_name_plural = _("what digests tell")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def open(self) -> Self:
        """Deliveries of which the mail is still to be written, oldest first."""
        return self.filter(written_at__isnull=True).order_by("pk")

    def with_last_digest(self) -> Self:
        """Load where the digest before ended, as ``last_digest``; empty for a reader's first.

        One that is still to be written counts, for it may tell of something.
        """
        same = self.model.objects.filter(subscription=OuterRef("subscription"))
        before = same.filter(until__lte=OuterRef("since"))
        return self.annotate(last_digest=Subquery(before.order_by("-until").values("until")[:1]))


class Delivery(models.Model):
    """One digest about [since, until) for one subscription.

    The row and the claim on the period are written in one transaction (`opening`), the
    outbox row and ``written_at`` in another (`writing`); what turns out to be without news
    goes. Both are empty again when something in the mail was taken back before it left
    (`recalling`): it is written anew then. ``message`` is empty too once the outbox has
    forgotten it.
    """

    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"))
    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(_("written"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-until", "-pk"]
        indexes = [
            models.Index(fields=["until"], name="delivery_until"),
            models.Index(
                fields=["id"], name="delivery_open", condition=models.Q(written_at__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "since"], name="delivery_one_per_period"
            ),
            models.CheckConstraint(
                name="delivery_since_before_until", condition=models.Q(since__lt=models.F("until"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d} – {self.until:%Y-%m-%d}"


class Hold(models.Model):
    """A time in which no digest is made, until ``released_at``. Nothing is lost by it."""

    held_at = models.DateTimeField(_("held"))
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        ordering = ["-held_at", "-pk"]
        default_permissions = ()
        permissions = [("manage_digests", _("Can prepare, hold and release digests"))]

    def __str__(self) -> str:
        return f"{self.held_at:%Y-%m-%d %H:%M}"


class Introduction(models.Model):
    """What the editors say first in a digest: to each reader in the first one after ``at``.

    Of several that a reader has not had yet, the newest counts; one without ``text`` was
    taken back.
    """

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("written"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("introduction of a digest")
        verbose_name_plural = _("introductions of digests")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["language", "at"], name="introduction_language")]

    def __str__(self) -> str:
        return self.text[:50]
