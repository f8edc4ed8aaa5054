"""Someone else was first: who, and what they did."""

from collections.abc import Collection

from community.comments.models import Comment
from community.moderation.models import Act

# What changes a comment, or ends what was open about it.
_KINDS = [
    Act.Kind.DECIDED,
    Act.Kind.HELD,
    Act.Kind.EDITED,
    Act.Kind.UNDONE,
    Act.Kind.OBJECTION,
    Act.Kind.NOTICE,
]


class AlreadyHandled(Exception):
    """Someone else was first. ``act`` is what they did, if it was logged."""

    def __init__(self, comment: Comment, act: Act | None) -> None:
        super().__init__(comment.public_id)
        self.comment = comment
        self.act = act


def already_handled(comment: Comment) -> AlreadyHandled:
    """Return what to raise when ``comment`` is not as it was seen; it is read anew."""
    comment.refresh_from_db()
    return all_handled([comment])[0]


def all_handled(comments: Collection[Comment]) -> list[AlreadyHandled]:
    """Return who was first with each of ``comments``, which are as they stand now; one query."""
    if not comments:
        return []
    acts = Act.objects.filter(comment_id__in=[comment.pk for comment in comments], kind__in=_KINDS)
    last: dict[int | None, Act] = {}
    for act in acts.select_related("moderator", "reason"):
        last.setdefault(act.comment_id, act)
    return [AlreadyHandled(comment, _behind(comment, last.get(comment.pk))) for comment in comments]


def _behind(comment: Comment, act: Act | None) -> Act | None:
    """Return ``act`` if it left ``comment`` as it stands: not when its writer changed it since."""
    if act is None or act.to_status != comment.status:
        return None
    return act if comment.edited_at is None or comment.edited_at <= act.at else None
