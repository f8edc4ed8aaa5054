"""Switching kinds of notifications off and on."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from community.comments import writers
from community.comments.models import Comment
from community.notifications import recalling
from community.notifications.models import Kind, News, Silence
from mail import outbox
from users.models import User

SIGN = "decision_is_silent"


def has(kind: str, *, user: User | None = None, address: str = "") -> bool:
    """Return whether a member, or else an address, has switched ``kind`` off; one query."""
    return Silence.objects.filter(_whose(user, address), kind=kind).exists()


def is_writers(kind: Kind) -> Exists:
    """Return what holds for comments, and for notices, whose writer has switched ``kind`` off.

    Annotate comments with it, as `SIGN`, to spare a query for each mail.
    """
    of_member = Q(user__isnull=False, user=OuterRef("user"))
    of_address = ~Q(address_key="") & Q(address_key=OuterRef("writer_key"))
    return Exists(Silence.objects.filter(of_member | of_address, kind=kind))


def silent_among(comments: Iterable[Comment], kind: Kind) -> set[int]:
    """Return the keys of those of ``comments`` whose writer switched ``kind`` off; one query."""
    keys = [comment.pk for comment in comments]
    silent = Comment.objects.filter(is_writers(kind), pk__in=keys).order_by()
    return set(silent.values_list("pk", flat=True))


def chosen_by(user: User) -> set[str]:
    """Return the kinds that ``user`` has switched off; one query."""
    return set(Silence.objects.filter(user=user).values_list("kind", flat=True))


@transaction.atomic
def choose(user: User, *, silent: Iterable[str], now: datetime) -> None:
    """Switch the kinds ``silent`` off for ``user``, and all others on."""
    silent = set(silent)
    Silence.objects.filter(user=user).exclude(kind__in=silent).delete()
    for kind in Kind:
        if kind in silent:
            begin(kind, user=user, now=now)


@transaction.atomic
def begin(kind: str, *, user: User | None = None, address_key: str = "", now: datetime) -> None:
    """Switch ``kind`` off for a member or an address, and drop what waits; twice is harmless."""
    silence = Silence(user=user, address_key=address_key, kind=kind, since=now)
    Silence.objects.bulk_create([silence], ignore_conflicts=True)
    if user is not None:
        News.objects.waiting().filter(user=user, kind=kind).delete()
        recalling.recall_because_of(wish(kind, user=user), user.email)
        outbox.stop(kind=f"notifications.{kind}", to=user.email)


def end(kind: str, *, user: User) -> None:
    """Switch ``kind`` on again for ``user``; twice is harmless."""
    Silence.objects.filter(user=user, kind=kind).delete()


def forget(address: str) -> None:
    """Forget what ``address`` has switched off, without an account."""
    Silence.objects.filter(_whose(None, address)).delete()


def wish(kind: str, *, user: User | None = None, address: str = "") -> str:
    """Return the words by which a link says that a member, or else an address, is meant."""
    key = "" if user else writers.key(user=None, email=address)
    return Silence(kind=kind, user=user, address_key=key).wish


def read(words: str) -> Silence | None:
    """Return the unsaved silence that a `wish` asks for; ``None`` if nobody asks any more."""
    kind, _, whose = words.partition("-")
    if kind not in Kind:
        return None
    if whose.startswith("a"):
        return Silence(kind=kind, address_key=whose[1:])
    user = User.objects.filter(pk=whose[1:]).first()
    return Silence(kind=kind, user=user) if user else None


def _whose(user: User | None, address: str) -> Q:
    if user is not None:
        return Q(user=user)
    return Q(address_key=writers.key(user=None, email=address))
