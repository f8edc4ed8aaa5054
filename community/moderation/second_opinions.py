"""An editor is not sure, and asks another one to look.

Whoever asks may still decide: a question is no lock. It is answered by what another
editor says, or by any decision about the comment that was not undone.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from community.comments.models import Comment
from community.moderation import colleagues, decisions, log, noting
from community.moderation.models import Act, Handling
from users.models import User

Kind = Act.Kind


class AlreadyAsked(Exception):
    """Someone asks for a second opinion about this comment already. ``by`` is who."""

    def __init__(self, by: User | None) -> None:
        super().__init__(by.pk if by else None)
        self.by = by


class NothingAsked(Exception):
    """Nobody asks for a second opinion, or no longer."""


def asked_now() -> Q:
    """Return the condition that a `Handling` holds a question that nobody has answered yet."""
    decided = Act.objects.filter(
        comment_id=OuterRef("comment_id"),
        at__gt=OuterRef("second_opinion_at"),
        kind__in=[Kind.DECIDED, Kind.OBJECTION, Kind.NOTICE],
        undone_by__isnull=True,
    )
    return Q(~Exists(decided.order_by()), second_opinion_at__isnull=False)


def asked() -> QuerySet[Handling]:
    """Return the comments about which a second opinion is still asked, longest waiting first."""
    return Handling.objects.filter(asked_now()).order_by("second_opinion_at", "pk")


@transaction.atomic
def ask(comment: Comment, *, by: User, text: str, now: datetime) -> Act:
    """Ask colleagues to look at ``comment``; ``text``, the question, becomes a note.

    The log does not repeat it: a note goes when the writer takes the comment back.

    Raises `AlreadyAsked`.
    """
    decisions.require_moderator(by)
    handling = _held(comment)
    open_one = asked().filter(pk=handling.pk).select_related("second_opinion_by").first()
    if open_one:
        raise AlreadyAsked(open_one.second_opinion_by)
    Handling.objects.filter(pk=handling.pk).update(second_opinion_by=by, second_opinion_at=now)
    if text:
        noting.add(comment, by=by, text=text, now=now)
    return log.write(kind=Kind.SECOND_OPINION, by=by, comment=comment, at=now)


@transaction.atomic
def give(comment: Comment, *, by: User, text: str, now: datetime) -> Act:
    """Say what another editor thinks of ``comment``, as a note alone, and close the question.

    Raises `NothingAsked`, and `PermissionDenied` for who asked while there is a colleague.
    """
    decisions.require_moderator(by)
    handling = _held(comment)
    if not asked().filter(pk=handling.pk).exists():
        raise NothingAsked
    if handling.second_opinion_by_id == by.pk and colleagues.of(by).exists():
        raise PermissionDenied
    _close(handling)
    noting.add(comment, by=by, text=text, now=now)
    return log.write(kind=Kind.OPINION, by=by, comment=comment, at=now)


@transaction.atomic
def withdraw(comment: Comment, *, by: User) -> bool:
    """Take one's own question back; return whether there was one."""
    decisions.require_moderator(by)
    handling = _held(comment)
    mine = asked().filter(pk=handling.pk, second_opinion_by=by).exists()
    if mine:
        _close(handling)
    return mine


def _held(comment: Comment) -> Handling:
    Handling.objects.get_or_create(comment_id=comment.pk)
    return Handling.objects.select_for_update().get(comment_id=comment.pk)


def _close(handling: Handling) -> None:
    nothing = {"second_opinion_by": None, "second_opinion_at": None}
    Handling.objects.filter(pk=handling.pk).update(**nothing)
