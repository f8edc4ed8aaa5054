"""Who hears of a comment."""

from community.comments.models import Comment
from mail.models import Message

Status = Comment.Status


def recipients() -> list[str]:
    return sorted(Message.objects.values_list("to", flat=True))
