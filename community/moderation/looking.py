"""What was open about a comment when an editor looked at it, and who had asked to look."""

from django.db.models import Exists, OuterRef

from community.comments import states
from community.comments.models import Comment
from community.moderation.models import Act, Case, Objection

# On a comment: whether the author of the post asked about it, where that is known beforehand.
ASKED = "was_held_by_author"
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
    return not (_is_open_case(case, comment) and _is_open_objection(objection, comment))


def _is_open_case(key: int | None, comment: Comment) -> bool:
    """Return whether nothing was seen, or what was seen is open still."""
    return key is None or Case.objects.open().filter(pk=key, comment_id=comment.pk).exists()


def _is_open_objection(key: int | None, comment: Comment) -> bool:
    if key is None:
        return True
    waiting = Objection.objects.filter(comment_id=comment.pk, closed_at__isnull=True)
    return waiting.filter(pk=key).exists()


def held_by_author() -> Exists:
    """Return the condition that the author of the post held the comment at some time."""
    held = Act.objects.filter(comment_id=OuterRef("pk"), kind=Act.Kind.HELD)
    return Exists(held.filter(initiative=Act.Initiative.AUTHOR).order_by())


def author_asked(comment: Comment) -> bool:
    """Return whether ``comment`` waits because the author of the post held it.

    A query, but for comments with the sign `ASKED` that nobody did.
    """
    if not getattr(comment, ASKED, True):
        return False
    kinds = [Act.Kind.HELD, Act.Kind.DECIDED]
    last = comment.acts.filter(kind__in=kinds, undone_by__isnull=True).first()
    is_hold = last is not None and last.kind == Act.Kind.HELD
    return is_hold and last.initiative == Act.Initiative.AUTHOR
