"""An editor changes what a reader wrote: openly, with a reason, and with a way to object."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from community.comments import editing, states
from community.comments.models import Comment
from community.moderation import decisions, log, overtaking
from community.moderation.models import Act
from community.notifications import announcing, edits
from users.models import User

Status = Comment.Status
Initiative = Act.Initiative

EDITABLE = {Status.PENDING, Status.APPROVED}


class NothingChanged(ValueError):
    """The new text is the old one."""


def edited(comment: Comment) -> bool:
    """Return whether ``comment`` stands, or waits, with a text that an editor made of it."""
    return comment.edited_by_editor and comment.status in EDITABLE


def last(comment: Comment) -> Act | None:
    """Return the last change that an editor made to the text of ``comment``, if there is one."""
    return _edits(comment).first()


def _edits(comment: Comment) -> QuerySet[Act]:
    """Return the changes to the text of ``comment`` that were not undone, latest first."""
    return comment.acts.filter(kind=Act.Kind.EDITED, undone_by__isnull=True)


@transaction.atomic
def edit(comment: Comment, *, by: User, text: str, note: str, now: datetime) -> Act:
    """Replace the text of ``comment`` as its editor saw it, and tell the writer what and why.

    The old text is kept; readers see that the editors changed it. Its state stays, and
    mails to followers with the old words that have not left are dropped.

    Raises `NothingChanged`, `PermissionDenied`, and `overtaking.AlreadyHandled` when the
    comment is not as it was seen.
    """
    decisions.require_moderator(by)
    if text == comment.comment:
        raise NothingChanged
    current = _held(comment)
    before = current.comment
    editing.replace(current, text=text, now=now, by_editor=True)
    announcing.withdraw(current)
    message = edits.tell_edited(current, before=before, note=note)
    return _log(current, by, note, now, mails=[message.pk] if message else [])


@transaction.atomic
def restore(comment: Comment, *, by: User, answer: str, now: datetime) -> Act:
    """Give ``comment`` its writer's own last text again, and tell the writer.

    Raises `overtaking.AlreadyHandled` when the comment is not as it was seen.
    """
    current = _held(comment)
    editing.replace(current, text=writers_text(current), now=now)
    message = edits.tell_restored(current, answer=answer)
    mails = [message.pk] if message else []
    return _log(current, by, answer, now, mails=mails, initiative=Initiative.OBJECTION)


def take_back(comment: Comment, act: Act) -> bool:
    """Give ``comment`` the text and the marks that it had before ``act``; return whether it did.

    Not when the text was changed since. In the caller's transaction, which holds the comment.
    """
    comment.refresh_from_db(fields=["edited_at", "edited_by_editor", "comment"])
    before = comment.revisions.filter(replaced_at=act.at).first()
    if comment.edited_at != act.at or before is None:
        return False
    earlier = comment.revisions.filter(replaced_at__lt=act.at).first()
    editing.take_back(
        comment,
        before,
        edited_at=earlier.replaced_at if earlier else None,
        by_editor=earlier is not None and _was_by_editor(comment, earlier.replaced_at),
    )
    return True


def _was_by_editor(comment: Comment, at: datetime) -> bool:
    edits_of_it = comment.acts.filter(kind=Act.Kind.EDITED, at=at)
    return edits_of_it.exclude(initiative=Initiative.OBJECTION).exists()


def writers_text(comment: Comment) -> str:
    """Return what the writer of ``comment`` wrote last, whatever editors made of it."""
    if not comment.edited_by_editor:
        return comment.comment
    edits_of_it = _edits(comment)
    restored = edits_of_it.filter(initiative=Initiative.OBJECTION).first()
    since_then = edits_of_it.filter(at__gt=restored.at) if restored else edits_of_it
    moments = since_then.values("at")
    kept = comment.revisions.filter(replaced_at__in=moments).order_by("replaced_at", "pk").first()
    return kept.text if kept else comment.comment


def _held(comment: Comment) -> Comment:
    """Lock ``comment`` and read it afresh, if it is still as it was seen."""
    states.hold(comment)
    current = Comment.objects.select_related("page", "user").filter(pk=comment.pk).first()
    if current is None:
        raise overtaking.AlreadyHandled(comment, None)
    is_as_seen = (current.status, current.edited_at) == (comment.status, comment.edited_at)
    if not is_as_seen or current.status not in EDITABLE:
        raise overtaking.already_handled(current)
    return current


def _log(
    comment: Comment,
    by: User,
    why: str,
    now: datetime,
    *,
    mails: list[int],
    initiative: str = Initiative.EDITOR,
) -> Act:
    return log.write(
        kind=Act.Kind.EDITED,
        by=by,
        comment=comment,
        from_status=comment.status,
        to_status=comment.status,
        explanation=why,
        initiative=initiative,
        mails=mails,
        at=now,
    )
