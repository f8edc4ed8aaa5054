"""An account ends: who it was is forgotten everywhere, and conversations keep their shape."""

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from community.comments import appreciating, unnaming
from community.comments.models import Appreciation, Comment
from community.members import addresses, belonging
from community.moderation import forgetting, objections, withdrawing
from community.moderation.models import Notice
from community.notifications import following, recalling, silences
from community.subscriptions import subscriptions
from community.subscriptions.models import Subscription
from mail.models import Message
from users.models import User


class Fate(models.TextChoices):
    """What becomes of the comments of someone who leaves."""

    DELETE = "weghalen", _("Delete my comments. Answers of others stay.")
    KEEP = "laten-staan", _("Let them stand, without my name.")


def has_duties(user: User) -> bool:
    """Return whether ``user`` works on this site; an administrator then ends the account."""
    return user.is_superuser or user.has_perm("wagtailadmin.access_admin")


@transaction.atomic
def erase(user: User, *, comments: Fate, now: datetime) -> None:
    """End the account of ``user``, and forget name and address; harmless twice.

    Of comments that nobody could read nothing is kept. The mails for the address
    go as well, and so does the wish for digests with its proof of consent.
    """
    locked = User.objects.select_for_update().filter(pk=user.pk).first()
    if locked is None:
        return
    for given in belonging.appreciation_of(user):
        appreciating.take_back(given.comment, user=given.user, device=given.device)
    for comment in belonging.comments_of(user):
        _part_with(comment, comments, now=now)
    for follow in belonging.follows_of(user):
        following.end(follow)
    forgetting.forget(belonging.notices_of(user))
    belonging.devices_of(user).delete()
    if addresses.has_proven(user):
        _forget_address(user.email, now=now)
    user.delete()


@transaction.atomic
def let_go(user: User) -> None:
    """Take the name off what ``user`` leaves behind, whoever deletes the account.

    The database would take the appreciation as well, and leave the counts.
    """
    for given in Appreciation.objects.filter(user=user).select_related("comment"):
        appreciating.take_back(given.comment, user=user, device=None)
    for comment in Comment.objects.filter(user=user):
        _unname(comment)
    forgetting.forget(Notice.objects.filter(user=user))


def _part_with(comment: Comment, fate: Fate, *, now: datetime) -> None:
    if fate == Fate.KEEP and comment.status == Comment.Status.APPROVED:
        _unname(comment)
        objections.forget(comment)
    else:
        withdrawing.withdraw(comment, now=now)


def _unname(comment: Comment) -> None:
    """Take the name off ``comment``, and out of the mails to others that tell of it."""
    unnaming.unname(comment)
    recalling.forget_about(comment)


def _forget_address(email: str, *, now: datetime) -> None:
    for subscription in Subscription.objects.for_address(email):
        subscriptions.end(subscription, now=now)
        subscription.delete()
    silences.forget(email)
    Message.objects.to_address(email).delete()
