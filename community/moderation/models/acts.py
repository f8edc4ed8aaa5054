"""What was done, by whom and why: a log that only grows."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.comments.models import Comment
from community.moderation.models.reasons import Reason


class Act(models.Model):
    """One thing that was done: who, when, from what, to what, and why.

    The database itself refuses to change or delete a row (migration 0003), so nothing
    here is tied to other rows by a constraint: the log outlives comments and accounts.
    ``moderator`` is empty when the software did it. ``mails`` are the keys of the
    messages that left because of it.
    """

    class Kind(models.TextChoices):
        DECIDED = "decided", _("decided")
        HELD = "held", _("held")
        EDITED = "edited", _("changed the text")
        UNDONE = "undone", _("undid a decision")
        OBJECTION = "objection", _("decided about an objection")
        NOTICE = "notice", _("decided about a notice")
        ASSIGNED = "assigned", _("assigned")
        SECOND_OPINION = "second_opinion", _("asked for a second opinion")
        OPINION = "opinion", _("gave a second opinion")
        TRUST = "trust", _("changed whether a writer is trusted")
        RULE = "rule", _("changed a block rule")

    class Initiative(models.TextChoices):
        """What made someone look (Digital Services Act, article 17, 3b)."""

        EDITOR = "editor", _("an editor's own reading")
        NOTICE = "notice", _("a notice by a reader")
        AUTHOR = "author", _("the author of the post")
        OBJECTION = "objection", _("an objection by the writer")
        SOFTWARE = "software", _("software")

    comment = models.ForeignKey(
        Comment,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="acts",
    )
    public_id = models.UUIDField(null=True, db_index=True, editable=False)
    page_title = models.CharField(_("page"), max_length=255, blank=True)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("moderator"),
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    kind = models.CharField(_("what"), max_length=20, choices=Kind.choices, default=Kind.DECIDED)
    from_status = models.CharField(
        _("from"), max_length=20, choices=Comment.Status.choices, blank=True
    )
    to_status = models.CharField(_("to"), max_length=20, choices=Comment.Status.choices, blank=True)
    reason = models.ForeignKey(
        Reason,
        verbose_name=_("reason"),
        to_field="code",
        db_column="reason",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    explanation = models.TextField(_("explanation to the writer"), max_length=1000, blank=True)
    note = models.TextField(_("note for editors"), max_length=2000, blank=True)
    initiative = models.CharField(
        _("on whose initiative"),
        max_length=10,
        choices=Initiative.choices,
        default=Initiative.EDITOR,
    )
    was_flagged = models.BooleanField(_("software had a doubt"), default=False)
    undoes = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="undone_by",
    )
    mails = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["comment", "-at"], name="act_comment"),
            models.Index(fields=["-at"], name="act_moment"),
            models.Index(fields=["kind", "-at"], name="act_kind"),
            models.Index(fields=["moderator", "-at"], name="act_moderator"),
            models.Index(fields=["reason", "-at"], name="act_reason"),
        ]
        constraints = [
            models.CheckConstraint(
                name="act_refusal_has_reason",
                condition=~models.Q(kind="decided", to_status="rejected")
                | models.Q(reason__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_status} → {self.to_status}" if self.to_status else self.kind

    @property
    def reason_text(self) -> str:
        """What editors always say about the reason, in the language that is active."""
        return self.reason.text_in(get_language() or "nl") if self.reason else ""
