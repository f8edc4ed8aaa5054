"""The signed address at which someone who noticed a comment sees how that stands."""

from django.urls import reverse
from django.utils import translation

from community.moderation.models import Notice
from community.subscriptions import tokens
from community.subscriptions.tokens import BadToken
from core.addresses import absolute

__all__ = ["BadToken", "find", "link", "path"]

PURPOSE = "moderation.notice"


def path(notice: Notice) -> str:
    """Return the address in the language of now; it works for as long as the comment is here."""
    return reverse("own:notice", args=[tokens.make(PURPOSE, notice.public_id)])


def link(notice: Notice) -> str:
    """Return the whole address in the language of ``notice``, for a mail."""
    with translation.override(notice.language):
        return absolute(path(notice))


def find(token: str) -> Notice:
    """Return the notice that ``token`` was made for, with its case and comment.

    Raises `BadToken`, and `Notice.DoesNotExist` when the comment is gone with its page.
    """
    around = ("case__comment__page", "case__comment__user", "objection_case", "reason", "user")
    notices = Notice.objects.select_related(*around)
    return notices.get(public_id=tokens.read(PURPOSE, token))
