"""What editors decided, in a log that only grows, and what writers say against it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.comments.models import Comment

OBJECTION_LENGTH = 2000  # characters


class Reason(models.TextChoices):
    """Why a comment is refused or removed, as it is told to its writer."""

    OFFENSIVE = "offensive", _("offensive")
    OFF_TOPIC = "off_topic", _("not about this subject")
    PERSONAL_DATA = "personal_data", _("personal data of someone")
    ILLEGAL = "illegal", _("against the law")
    ADVERTISING = "advertising", _("advertising")
    DUPLICATE = "duplicate", _("said before")
    OTHER = "other", _("another reason")


class Act(models.Model):
    """One decision about one comment: who, when, from what, to what, and why."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="acts")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("moderator"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    from_status = models.CharField(_("from"), max_length=20, choices=Comment.Status.choices)
    to_status = models.CharField(_("to"), max_length=20, choices=Comment.Status.choices)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices, blank=True)
    explanation = models.TextField(_("explanation to the writer"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="act_refusal_has_reason",
                condition=~models.Q(to_status="rejected") | ~models.Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_status} → {self.to_status}"


class Objection(models.Model):
    """What a writer says against a refusal. It is open until an editor has looked again."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="objections")
    text = models.TextField(_("objection"), max_length=OBJECTION_LENGTH)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    at = models.DateTimeField(_("when"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["at", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["comment"],
                condition=models.Q(closed_at__isnull=True),
                name="objection_one_open",
            )
        ]

    def __str__(self) -> str:
        return self.text[:50]
