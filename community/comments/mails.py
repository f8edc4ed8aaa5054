"""What mails about comments say everywhere: what they are about, and whom they may reach."""

from django.urls import reverse
from django.utils import translation

from community.comments.models import Comment
from core.addresses import absolute

# Evidence of a comment that was brought here: elsewhere anyone could type in any address.
IMPORTED = {"imported": True}


def about(comment: Comment) -> str:
    """Return the name by which the outbox knows ``comment``; see `mail.outbox.enqueue`."""
    return f"comment:{comment.public_id.hex}"


def origin(comment: Comment) -> dict:
    """Return what evidence stays, whatever becomes of ``comment``: whether it was brought here."""
    return IMPORTED if comment.evidence.get("imported") else {}


def is_proven(comment: Comment) -> bool:
    """Return whether the address is the writer's own; any other may be a stranger's."""
    if comment.user_id is not None:
        return True
    return comment.confirmed_at is not None and not comment.evidence.get("imported")


def house_rules(language: str) -> str:
    """Return the whole address of the house rules, which say what more one can do."""
    with translation.override(language):
        return absolute(reverse("wagtail_serve", args=["huisregels/"]))
