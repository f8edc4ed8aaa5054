"""What an editor saw to be open about a comment: whoever judges it first is not passed over."""

from community.comments import states
from community.comments.models import Comment
from community.moderation.models import Case, Objection

_SEEN = "seen_to_be_open"


def saw(comment: Comment, *, case: int | None, objection: int | None) -> None:
    """Let ``comment`` remember which case and which objection an editor saw with it, by keys."""
    setattr(comment, _SEEN, (case, objection))


def is_outdated(comment: Comment) -> bool:
    """Return whether something that was seen to be open about ``comment`` no longer is.

    Then holds the comment until the transaction ends; nothing seen costs no query.
    """
    case, objection = getattr(comment, _SEEN, (None, None))
    if case is None and objection is None:
        return False
    states.hold(comment)
    cases = Case.objects.open().filter(pk=case, comment_id=comment.pk)
    objections = Objection.objects.filter(
        pk=objection, comment_id=comment.pk, closed_at__isnull=True
    )
    is_open = (case is None or cases.exists()) and (objection is None or objections.exists())
    return not is_open
