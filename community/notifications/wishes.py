"""From what a writer chose with a comment to a follow, once the writer is proven."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from community.comments.models import Comment
from community.notifications.models import Follow
from mail.addresses import normalise

Status = Comment.Status
Wish = Comment.Follow

LIMIT = 500  # wishes taken over at a time; the next knock takes the next
NOT_HEARD = [Status.UNCONFIRMED, Status.SPAM, Status.DELETED]


def take_over(*, limit: int = LIMIT) -> int:
    """Make follows of the wishes of writers who are proven; return how many were taken over.

    Harmless when several do it at once: each wish is taken from its comment by one.
    """
    wished = Comment.objects.exclude(follow=Wish.NONE).filter(confirmed_at__isnull=False)
    heard = wished.exclude(status__in=NOT_HEARD).select_related("user")
    return sum(_take_over(comment) for comment in heard.order_by("confirmed_at", "pk")[:limit])


@transaction.atomic
def _take_over(comment: Comment) -> bool:
    wish = Comment.objects.filter(pk=comment.pk, follow=comment.follow)
    if not wish.update(follow=Wish.NONE):
        return False
    follow = _follow(comment)
    if follow.user_id or follow.email:
        Follow.objects.bulk_create([follow], ignore_conflicts=True)
        _same(follow).filter(active_at__isnull=True).update(active_at=follow.active_at)
    return True


def _follow(comment: Comment) -> Follow:
    with translation.override(comment.language):
        words = str(Comment.Follow(comment.follow).label)
    return Follow(
        page_id=comment.page_id,
        comment=comment if comment.follow == Wish.REPLIES else None,
        user=comment.user,
        email="" if comment.user_id else normalise(comment.user_email),
        language=comment.language,
        consent_text=words,
        requested_at=comment.submit_date,
        active_at=comment.confirmed_at,
    )


def _same(follow: Follow) -> QuerySet[Follow]:
    """The rows of the same person about the same thing."""
    return Follow.objects.filter(
        page_id=follow.page_id,
        comment=follow.comment,
        user=follow.user,
        email=follow.email,
    )
