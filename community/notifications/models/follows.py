"""Who wants to be mailed about which conversation."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from community.comments.models import Comment
from community.notifications.models.kinds import Kind
from community.notifications.models.reading import ReadersQuerySet
from community.notifications.models.silences import Silence
from mail.addresses import normalise


class FollowQuerySet(ReadersQuerySet):
    def active(self) -> Self:
        """Follows whose owner is proven: a member that may log in, or a confirmed address."""
        is_in = models.Q(user__isnull=True) | models.Q(user__is_active=True)
        return self.filter(is_in, active_at__isnull=False)

    def of_page(self, page_id: int) -> Self:
        """Follows of a page's whole conversation."""
        return self.filter(page_id=page_id, comment__isnull=True)

    def for_address(self, email: str) -> Self:
        """Follows of someone without account."""
        return self.filter(email=normalise(email))

    def about(self, comment: Comment) -> Self:
        """Active follows that had begun when ``comment`` was approved and that it concerns."""
        whole = models.Q(page_id=comment.page_id, comment__isnull=True)
        answers = models.Q(comment__path=comment.parent_path)
        return self.active().filter(
            whole | answers if comment.parent_path else whole, active_at__lt=comment.decided_at
        )

    def of_kind(self, kind: str) -> Self:
        """Follows of the scope ``kind`` whose owner has not switched that kind off."""
        silent = Silence.objects.filter(user=models.OuterRef("user"), kind=kind)
        scope = self.filter(comment__isnull=kind == Kind.PAGE)
        return scope.exclude(models.Exists(silent))


class Follow(models.Model):
    """One person's wish to be mailed about a conversation.

    With ``comment`` it is about answers to that comment, without one about every
    new comment on ``page``. The person is a member (``user``) or an address. The
    wish waits until ``active_at``; ending it deletes the row.
    """

    class Scope(models.TextChoices):
        """What a follow is about, in the words of the codes of `Comment.Follow`."""

        REPLIES = Comment.Follow.REPLIES.value, _("answers to your comment")
        PAGE = Comment.Follow.PAGE.value, _("the whole conversation")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="follows"
    )
    comment = models.ForeignKey(
        Comment,
        verbose_name=_("comment"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="follows",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="follows",
    )
    email = models.EmailField(_("email address"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    consent_text = models.TextField(_("text that was shown"))
    requested_at = models.DateTimeField(_("requested"))
    active_at = models.DateTimeField(_("active since"), null=True, blank=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(
                name="follow_to_confirm",
                fields=["requested_at"],
                condition=models.Q(active_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="follow_by_one",
                condition=models.Q(user__isnull=False, email="")
                | (models.Q(user__isnull=True) & ~models.Q(email="")),
            ),
            models.UniqueConstraint(
                name="follow_page_once_a_member",
                fields=["page", "user"],
                condition=models.Q(comment__isnull=True),
            ),
            models.UniqueConstraint(
                name="follow_comment_once_a_member", fields=["comment", "user"]
            ),
            models.UniqueConstraint(
                name="follow_page_once_an_address",
                fields=["page", "email"],
                condition=models.Q(comment__isnull=True) & ~models.Q(email=""),
            ),
            models.UniqueConstraint(
                name="follow_comment_once_an_address",
                fields=["comment", "email"],
                condition=~models.Q(email=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.scope.label}"

    @property
    def scope(self) -> "Follow.Scope":
        return self.Scope.REPLIES if self.comment_id else self.Scope.PAGE

    @property
    def address(self) -> str:
        """Where its mails go: a member's own address may change."""
        return self.user.email if self.user else self.email
