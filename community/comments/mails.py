"""What mails about comments say everywhere: what they are about, and by which rules."""

from django.urls import reverse
from django.utils import translation

from community.comments.models import Comment
from core.addresses import absolute


def about(comment: Comment) -> str:
    """Return the name by which the outbox knows ``comment``; see `mail.outbox.enqueue`."""
    return f"comment:{comment.public_id.hex}"


def house_rules(language: str) -> str:
    """Return the whole address of the house rules, which say what more one can do."""
    with translation.override(language):
        return absolute(reverse("wagtail_serve", args=["huisregels/"]))
