"""One sign of appreciation a person, shown as a number and never as a name."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F

from community.comments import states
from community.comments.models import Appreciation, Comment, Device

Status = Comment.Status


class NotKnown(Exception):
    """Neither a member nor a remembered device: anyone could count twice."""


class NotThere(Exception):
    """The comment cannot be read, or no longer."""


@transaction.atomic
def give(comment: Comment, *, user: AbstractBaseUser | None, device: Device | None) -> None:
    """Let one person appreciate ``comment``; a second time changes nothing.

    Its writer or an editor who takes it away meanwhile waits for this, or this for them.

    Raises `NotKnown`, and `NotThere` for what cannot be read.
    """
    who = _who(user, device)
    if states.hold(comment) != Status.APPROVED:
        raise NotThere(comment.public_id)
    _given, is_new = Appreciation.objects.get_or_create(comment_id=comment.pk, **who)
    if is_new:
        _add(comment, 1)


@transaction.atomic
def take_back(comment: Comment, *, user: AbstractBaseUser | None, device: Device | None) -> None:
    """Undo `give`; harmless when there is nothing to undo.

    Raises `NotKnown`.
    """
    given = Appreciation.objects.filter(comment_id=comment.pk, **_who(user, device))
    states.hold(comment)
    if given.delete()[0]:
        _add(comment, -1)


def given_on(page_id: int, *, user: AbstractBaseUser | None, device: Device | None) -> set[str]:
    """Return the public ids of the comments on a page that this person appreciates."""
    given = Appreciation.objects.filter(comment__page_id=page_id, **_who(user, device))
    return {str(public_id) for public_id in given.values_list("comment__public_id", flat=True)}


def _who(user: AbstractBaseUser | None, device: Device | None) -> dict:
    if user is not None:
        return {"user": user, "device": None}
    if device is not None:
        return {"user": None, "device": device}
    raise NotKnown


def _add(comment: Comment, change: int) -> None:
    Comment.objects.filter(pk=comment.pk).update(appreciation=F("appreciation") + change)
