"""A writer leaves: the words stay in the conversation, and whose they were is forgotten."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from community.comments import mails
from community.comments.models import Comment, Confirmation, Revision


@transaction.atomic
def unname(comment: Comment) -> None:
    """Forget the name, address and keys of ``comment``; harmless twice.

    In the place of the name stands that its writer left, in the language of the
    comment. Earlier texts go, for they were taken back; appreciation by others stays.
    """
    for model in (Confirmation, Revision):
        model.objects.filter(comment_id=comment.pk).delete()
    with translation.override(comment.language):
        name = _("a member who left")
    Comment.objects.filter(pk=comment.pk).update(
        user=None,
        user_name=name,
        user_email="",
        user_url="",
        ip_address=None,
        writer_key="",
        network_key="",
        evidence=mails.origin(comment),
        submission_key=f"row:{comment.pk}",
    )
    comment.refresh_from_db()
