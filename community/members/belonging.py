"""What of all comments and appreciation is a member's own."""

from django.db.models import Q, QuerySet

from community.comments import writers
from community.comments.models import Appreciation, Comment, Device
from community.members import addresses
from community.moderation.models import Notice
from community.notifications.models import Follow
from mail.addresses import normalise
from users.models import User


def comments_of(user: User) -> QuerySet[Comment]:
    """Return the comments of ``user``, oldest first.

    Those written without the account count too, when the address that they were
    written with is one that the member has proven.
    """
    own = Q(user=user)
    if addresses.has_proven(user):
        own |= Q(user__isnull=True, writer_key=writers.key(user=None, email=user.email))
    return Comment.objects.filter(own).order_by("path")


def devices_of(user: User) -> QuerySet[Device]:
    """Return the browsers that remember the address that ``user`` has proven."""
    if not addresses.has_proven(user):
        return Device.objects.none()
    return Device.objects.filter(email__iexact=user.email)


def follows_of(user: User) -> QuerySet[Follow]:
    """Return the wishes of ``user`` to be mailed about conversations, newest first."""
    own = Q(user=user)
    if addresses.has_proven(user):
        own |= Q(user__isnull=True, email=normalise(user.email))
    return Follow.objects.filter(own).order_by("-requested_at", "-pk")


def notices_of(user: User) -> QuerySet[Notice]:
    """Return what ``user`` noticed of comments, with or without the account, oldest first.

    Not what was noticed without saying who.
    """
    own = Q(user=user)
    if addresses.has_proven(user):
        own |= Q(user__isnull=True, writer_key=writers.key(user=None, email=user.email))
    return Notice.objects.filter(own).order_by("at", "pk")


def appreciation_of(user: User) -> QuerySet[Appreciation]:
    """Return the appreciation that ``user`` gave, logged in or from a remembered device."""
    given = Appreciation.objects.filter(Q(user=user) | Q(device__in=devices_of(user)))
    return given.select_related("comment", "user", "device").order_by("comment__path", "pk")
