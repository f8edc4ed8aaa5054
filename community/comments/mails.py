"""What mails with words of, or links to, a comment are about."""

from community.comments.models import Comment


def about(comment: Comment) -> str:
    """Return the name by which the outbox knows ``comment``; see `mail.outbox.enqueue`."""
    return f"comment:{comment.public_id.hex}"
