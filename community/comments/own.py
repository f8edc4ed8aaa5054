"""Whose is a comment? Its member's, a device's that proved its address, or a link's.

A link holds the comment's public id and a signature over it (HMAC with SHA-256 and
``SECRET_KEY``), salted by purpose, so that it opens this one comment and nothing
else. Links in old mails outlive a change of the key as long as the old one stands
in ``SECRET_KEY_FALLBACKS``.
"""

import uuid
from typing import cast
from urllib.parse import urlencode

from django.core import signing
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.comments import devices, writers
from community.comments.models import Comment
from community.comments.models.comments import CommentQuerySet
from core.addresses import absolute
from users.models import User

PURPOSE = "community.comments.own"
FIELD = "sleutel"  # in forms and in addresses
KEY_LENGTH = 200  # longer is not looked at

Status = Comment.Status

# In a writer's words; what we took for spam was refused, and says so.
STATES: dict[str, str | Promise] = {
    Status.UNCONFIRMED: _("Not confirmed yet"),
    Status.PENDING: _("Waits for an editor"),
    Status.APPROVED: _("Placed"),
    Status.REJECTED: _("Not placed"),
    Status.SPAM: _("Not placed"),
    Status.REMOVED: _("Taken away by an editor"),
    Status.DELETED: _("Deleted by you"),
}


def find(request: HttpRequest, public_id: uuid.UUID) -> Comment:
    """Return the comment, if whoever sent ``request`` may manage it.

    Raises `Http404` for any other and for one that is not there: one answer, so
    that nothing leaks.
    """
    has_key = opens(sent_key(request), public_id)
    comment = Comment.objects.select_related("page", "user").filter(public_id=public_id).first()
    if comment is None or not (has_key or _is_writer(request, comment)):
        raise Http404
    return comment


def key(comment: Comment) -> str:
    """Return the signed word that lets its holder manage ``comment``, for as long as it exists."""
    return _signer().sign(comment.public_id.hex)


def opens(word: str, public_id: uuid.UUID) -> bool:
    """Return whether ``word`` is the `key` of the comment of ``public_id``."""
    try:
        return _signer().unsign(word) == public_id.hex
    except signing.BadSignature:
        return False


def opened(request: HttpRequest, public_id: str) -> Comment | None:
    """Return the comment of ``public_id`` if ``request`` came with its key; odd ids are none."""
    try:
        wanted = uuid.UUID(public_id)
    except ValueError:
        return None
    comments = Comment.objects.filter(public_id=wanted)
    return comments.first() if opens(sent_key(request), wanted) else None


def sent_key(request: HttpRequest) -> str:
    """Return the key that ``request`` carries in its form or address; empty without one."""
    word = request.POST.get(FIELD) or request.GET.get(FIELD, "")
    return word.strip() if len(word) <= KEY_LENGTH else ""


def address(comment: Comment, name: str = "state") -> str:
    """Return the address at which whoever has it manages ``comment``."""
    return f"{reverse(f'own:{name}', args=[comment.public_id])}?{FIELD}={key(comment)}"


def link(comment: Comment, name: str = "state") -> str:
    """Return the whole address of a page about ``comment`` in its language, for a mail."""
    with translation.override(comment.language):
        return absolute(address(comment, name))


def permalink(comment: Comment) -> str:
    """Return the whole address at which everyone reads ``comment``, in its language."""
    with translation.override(comment.language):
        return absolute(comment.get_absolute_url())


def path(name: str, comment: Comment, request: HttpRequest, **query: str) -> str:
    """Return the address ``own:<name>`` of ``comment``, with the key that ``request`` came with."""
    words = {FIELD: sent_key(request), **query}
    given = urlencode({word: value for word, value in words.items() if value})
    place = reverse(f"own:{name}", args=[comment.public_id])
    return f"{place}?{given}" if given else place


def written_on(request: HttpRequest, page_id: int) -> CommentQuerySet:
    """Return what whoever sent ``request`` wrote on a page, latest first.

    Nothing, and no query, for someone whom we do not know.
    """
    keys = _writer_keys(request)
    if not keys:
        return Comment.objects.none()
    return Comment.objects.filter(writer_key__in=keys, page_id=page_id).order_by("-pk")


def _is_writer(request: HttpRequest, comment: Comment) -> bool:
    if comment.user_id is not None:
        return request.user.is_authenticated and request.user.pk == comment.user_id
    return devices.knows(devices.of(request), comment.user_email)


def _writer_keys(request: HttpRequest) -> list[str]:
    keys = []
    if request.user.is_authenticated:
        keys.append(writers.key(user=cast(User, request.user), email=""))
    device = devices.of(request)
    if device is not None:
        keys.append(writers.key(user=None, email=device.email))
    return keys


def _signer() -> signing.Signer:
    return signing.Signer(salt=PURPOSE, sep=".", algorithm="sha256")
