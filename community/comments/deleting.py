"""A writer takes a comment back: nothing of it stays but its place in the conversation."""

from datetime import datetime

from django.db import transaction

from community.comments import comments, mails, states
from community.comments.models import Appreciation, Comment, Confirmation, Revision

Status = Comment.Status


@transaction.atomic
def delete(comment: Comment, *, now: datetime) -> bool:
    """Take ``comment`` out of the conversation and wipe it; return whether this call did it.

    Its replies stay where they are. No link brings it back: the one that confirms
    it is burnt, and the words may be sent anew as another comment. Deleting twice is
    harmless.
    """
    since = states.hold(comment)
    if since is None or since == Status.DELETED:
        return False
    comment.refresh_from_db()
    states.change(comment, to=Status.DELETED, now=now)
    wipe(comment)
    return True


def wipe(comment: Comment) -> None:
    """Forget who wrote it and what: words, earlier words, name, address, keys, appreciation."""
    for model in (Appreciation, Confirmation, Revision):
        model.objects.filter(comment_id=comment.pk).delete()
    Comment.objects.filter(pk=comment.pk).update(
        **_NOTHING,
        **comments.rendered(""),
        evidence=mails.origin(comment),
        submission_key=f"row:{comment.pk}",
    )
    comment.refresh_from_db()


_NOTHING = {
    "comment": "",
    "user": None,
    "user_name": "",
    "user_email": "",
    "user_url": "",
    "ip_address": None,
    "writer_key": "",
    "network_key": "",
    "appreciation": 0,
    "follow": Comment.Follow.NONE,
    "edited_at": None,
    "edited_by_editor": False,
}
