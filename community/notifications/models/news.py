"""What one reader is to hear of, for as long as it waits to be mailed with other news."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models

from community.comments.models import Comment
from community.notifications.models.follows import Follow
from community.notifications.models.kinds import ABOUT_COMMENTS, Kind
from community.notifications.models.reading import ReadersQuerySet

HELD = models.Q(comment__status=Comment.Status.PENDING)


class NewsQuerySet(ReadersQuerySet):
    def waiting(self) -> Self:
        """News that no mail was written about."""
        return self.filter(bundle__isnull=True)

    def decided(self) -> Self:
        """News of comments that do not wait for an editor: it can be told, or dropped."""
        return self.exclude(HELD)

    def due(self, until: datetime) -> Self:
        """News that has waited since ``until`` or longer, longest waiting first.

        That of a comment that was held is due once it has been decided about as long ago.
        """
        over = self.waiting().decided().filter(at__lte=until, comment__decided_at__lte=until)
        return over.order_by("at", "pk")


class News(models.Model):
    """That one reader is to hear of ``comment``, and why (``kind``).

    ``reader`` is the address by which one is told from another. It is there because of
    a ``follow``, or because the member ``user`` wrote the post; ``user`` is also the
    member who follows. It goes when it is mailed alone; together with other news it
    stays, with the ``bundle`` that the mail is about, so that it can be told anew when
    that mail is dropped because of one of them. It stays too, for a while, when its comment
    was held before it was told (`recalling.purge`).
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="news")
    kind = models.CharField(max_length=20)
    reader = models.EmailField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="news"
    )
    # A reader may stop while a worker writes rows for thousands: what then refers to
    # nothing is left out as it is collected, and makes nobody start afresh.
    follow = models.ForeignKey(
        Follow, null=True, on_delete=models.CASCADE, db_constraint=False, related_name="news"
    )
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    at = models.DateTimeField()
    bundle = models.UUIDField(null=True, db_index=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="news_once_a_reader", fields=["comment", "reader"])
        ]
        indexes = [
            models.Index(
                name="news_due", fields=["at", "id"], condition=models.Q(bundle__isnull=True)
            ),
            models.Index(
                name="news_reader", fields=["reader"], condition=models.Q(bundle__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.kind}"

    @property
    def address(self) -> str:
        """Where its mail goes: a member's own address may change."""
        return self.user.email if self.user else self.reader

    @property
    def reason(self) -> tuple:
        """Why it is told: what is told for one reason is ended by one wish, the narrowest first."""
        answered = self.comment.parent_path if self.kind == Kind.REPLIES else ""
        return ABOUT_COMMENTS.index(Kind(self.kind)), self.comment.page_id, answered

    @property
    def is_wanted(self) -> bool:
        """Whether its reader is still there, and follows still if that is why."""
        is_there = self.user is None or self.user.is_active
        return is_there and (self.follow_id is None or self.follow is not None)
