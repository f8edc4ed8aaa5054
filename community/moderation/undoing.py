"""An editor takes a decision back, while the mails about it may still be here."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery

from community.comments import states
from community.comments.models import Comment
from community.moderation import (
    closing,
    decisions,
    editing_by_editor,
    log,
    overtaking,
    telling,
)
from community.moderation.models import Act, Objection
from community.moderation.overtaking import AlreadyHandled
from community.notifications import announcing
from users.models import User

UNDO_WITHIN = timedelta(minutes=10)
UNDOABLE = {
    Act.Kind.DECIDED,
    Act.Kind.HELD,
    Act.Kind.NOTICE,
    Act.Kind.EDITED,
    Act.Kind.OBJECTION,
}


class TooLate(Exception):
    """The ten minutes are over, there is nothing to undo, or readers have reacted to it."""


def recent(*, by: User, now: datetime, limit: int = 5) -> list[Act]:
    """Return what ``by`` decided last and can still undo, latest first; one query.

    Of what was decided about many at once there is one act, whose ``number`` says of
    how many; that of others is 1.
    """
    mine = _undoable(by, now)
    last_of_each = mine.order_by().values("at").annotate(last=Max("pk")).order_by("-at")
    alike = mine.filter(at=OuterRef("at")).order_by().values("at").annotate(number=Count("pk"))
    acts = Act.objects.filter(pk__in=last_of_each.values("last")[:limit])
    acts = acts.annotate(number=Subquery(alike.values("number")))
    return list(acts.select_related("comment", "reason").order_by("-at", "-pk"))


def _undoable(by: User, now: datetime) -> QuerySet[Act]:
    return Act.objects.filter(
        moderator=by, kind__in=UNDOABLE, at__gte=now - UNDO_WITHIN, undone_by__isnull=True
    )


@transaction.atomic
def undo_together(act: Act, *, by: User, now: datetime) -> tuple[int, list[AlreadyHandled]]:
    """Take back all that was decided at once with ``act``; one transaction.

    Return how many, and who was first with the others: these stay as they are.
    Raises `PermissionDenied`.
    """
    done, changed = 0, set()
    same = _undoable(by, now).filter(at=act.at).select_related("comment")
    for one in same.order_by("pk"):
        try:
            undo(one, by=by, now=now)
        except (TooLate, AlreadyHandled):
            changed.add(one.comment_id)
        else:
            done += 1
    others = Comment.objects.filter(pk__in=changed).order_by("pk") if changed else ()
    return done, overtaking.all_handled(list(others))


@transaction.atomic
def undo(act: Act, *, by: User, now: datetime) -> Act:
    """Bring the comment of ``act`` back to what it was, and stop mails that have not left.

    What was closed by it, an objection or a case of notices, waits again, and a text
    that it changed is what it was. A writer who was mailed about it already hears that
    it is taken back. Only who decided may undo, within `UNDO_WITHIN`, and only the last
    decision that is not undone yet.

    Raises `TooLate`, `PermissionDenied`, and `overtaking.AlreadyHandled` when someone
    has decided since.
    """
    decisions.require_moderator(by)
    if act.moderator_id != by.pk:
        raise PermissionDenied
    comment = Comment.objects.select_related("page", "user").filter(pk=act.comment_id).first()
    if comment is None or act.kind not in UNDOABLE or now > act.at + UNDO_WITHIN:
        raise TooLate(act.pk)
    last = comment.acts.filter(kind__in=UNDOABLE, undone_by__isnull=True).first()
    if last != act:
        raise overtaking.already_handled(comment)
    since, to = Comment.Status(act.to_status), Comment.Status(act.from_status)
    if comment.status != since or not _change_back(comment, act, now):
        raise overtaking.already_handled(comment)
    if since == Comment.Status.APPROVED:  # followers have not heard of it, or with other words
        announcing.withdraw(comment)
    was_told = telling.take_back(comment, act)
    _open_objection_again(comment, act)
    _open_case_again(comment, act)
    return log.write(
        kind=Act.Kind.UNDONE,
        by=by,
        comment=comment,
        from_status=since,
        to_status=to,
        undoes=act,
        mails=telling.tell_undone(comment) if was_told else [],
        at=now,
    )


def _change_back(comment: Comment, act: Act, now: datetime) -> bool:
    """Give ``comment`` its old status or text; return whether it was as ``act`` had left it."""
    since, to = Comment.Status(act.to_status), Comment.Status(act.from_status)
    if since != to:
        return states.change(comment, to=to, since=since, now=now, is_undone=True)
    if states.hold(comment) != since:
        return False
    return act.kind != Act.Kind.EDITED or editing_by_editor.take_back(comment, act)


def _open_case_again(comment: Comment, act: Act) -> None:
    """The case that was closed by ``act`` waits again, unless readers have opened another since."""
    case = closing.ended_by(act)
    if case is None:
        return
    if closing.open_about(comment) is not None:
        raise TooLate(act.pk)
    closing.reopen(case)


def _open_objection_again(comment: Comment, act: Act) -> None:
    """An objection that was judged by ``act`` waits again."""
    judged = Objection.objects.filter(comment_id=comment.pk, closed_at=act.at)
    judged.update(closed_at=None, outcome="", answer="", decided_by=None)
