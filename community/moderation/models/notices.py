"""Notices by readers about a comment; several about one comment make one case."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.comments.models import Comment
from community.moderation.models.reasons import Reason

NOTICE_LENGTH = 2000  # characters
NAME_LENGTH = 100


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> Self:
        """Cases that wait for an editor, longest waiting first."""
        return self.filter(closed_at__isnull=True).order_by("opened_at", "pk")


class Case(models.Model):
    """What readers noticed about one comment, and what was decided about it.

    Open until an editor has decided; a notice after that opens a new case, and so
    does an objection by someone who noticed (`objections`). ``held_at`` is when the
    comment was held because of it, until an editor has looked.
    """

    class Outcome(models.TextChoices):
        REMOVED = "removed", _("the comment was taken away")
        KEPT = "kept", _("the comment stays")
        WITHDRAWN = "withdrawn", _("the writer deleted the comment")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="cases")
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(_("answer to those who noticed"), max_length=1000, blank=True)
    held_at = models.DateTimeField(_("held until seen"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["opened_at", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["comment"],
                condition=models.Q(closed_at__isnull=True),
                name="case_one_open",
            ),
            models.CheckConstraint(
                name="case_closed_has_outcome",
                condition=models.Q(closed_at__isnull=True, outcome="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What a reader can quote: the year and this row's number."""
        return f"{self.opened_at:%Y}-{self.pk}"


class Notice(models.Model):
    """One reader's notice (Digital Services Act, article 16); who has more to say sends another.

    ``name`` and ``email`` are of someone without account; a member is ``user``. All are
    empty where the law does not ask who it was, and once they have been forgotten.
    ``writer_key`` tells one reader from another (`writers.key`), ``network_key`` one
    network from another for two days (`core.networks`). ``objection`` is what the
    reader says against the decision, and ``objection_case`` where that is decided.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notices")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reason = models.ForeignKey(
        Reason,
        verbose_name=_("reason"),
        to_field="code",
        on_delete=models.PROTECT,
        related_name="+",
    )
    explanation = models.TextField(_("explanation"), max_length=NOTICE_LENGTH)
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    email = models.EmailField(_("email address"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_trusted = models.BooleanField(_("from a trusted source"), default=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    at = models.DateTimeField(_("when"))
    writer_key = models.CharField(max_length=32, blank=True, editable=False)
    network_key = models.CharField(max_length=32, blank=True, editable=False)
    objection = models.TextField(_("objection"), max_length=NOTICE_LENGTH, blank=True)
    objected_at = models.DateTimeField(_("objected"), null=True, blank=True)
    objection_case = models.ForeignKey(
        Case,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="objections",
        editable=False,
    )

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["at", "pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(
                name="notice_network",
                fields=["network_key", "at"],
                condition=~models.Q(network_key=""),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_objection_has_moment",
                condition=models.Q(objected_at__isnull=True, objection_case__isnull=True)
                | models.Q(objected_at__isnull=False, objection_case__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.explanation[:50]

    @property
    def address(self) -> str:
        """Where mails about it go: a member's own address may change. Empty for nobody."""
        return self.user.email if self.user else self.email

    @property
    def by(self) -> str:
        """Who noticed, for editors; empty when we do not know. Never for the writer."""
        return str(self.user) if self.user else self.name
