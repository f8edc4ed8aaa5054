"""What the desk says of what was done, and of who was first."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.comments.models import Comment
from community.moderation import editing_by_editor, overtaking
from community.moderation.models import Act

Kind = Act.Kind
NAMED = 20  # of those that others were first with


def said(act: Act, name: str) -> str:
    """Return what an editor reads after ``act`` about the comment by ``name``."""
    sentences = {
        Comment.Status.APPROVED: _("The comment by %(name)s is placed."),
        Comment.Status.REJECTED: _("The comment by %(name)s is refused."),
        Comment.Status.REMOVED: _("The comment by %(name)s is taken away."),
        Comment.Status.SPAM: _("The comment by %(name)s is kept as spam."),
        Comment.Status.PENDING: _("The comment by %(name)s waits again."),
    }
    return sentences[Comment.Status(act.to_status)] % {"name": name}


def already(handled: overtaking.AlreadyHandled) -> str:
    """Return who was first, and what that one did."""
    comment, act = handled.comment, handled.act
    if act is None:
        return _of_nobody(comment)
    what = {
        "name": comment.user_name or "–",
        "state": comment.get_status_display(),
        "who": act.moderator or _("The software"),
        "reason": act.reason,
    }
    if act.kind == Kind.NOTICE:
        return (
            _("%(who)s was first: the comment by %(name)s stays, in spite of the notices.") % what
        )
    if act.kind == Kind.OBJECTION:
        return _("%(who)s was first: the decision about the comment by %(name)s stands.") % what
    if act.kind == Kind.EDITED:
        return _("%(who)s was first, and changed the text of the comment by %(name)s.") % what
    if act.reason:
        return _("%(who)s was first: the comment by %(name)s is %(state)s (%(reason)s).") % what
    return _("%(who)s was first: the comment by %(name)s is %(state)s.") % what


def missed(all_handled: list[overtaking.AlreadyHandled]) -> str:
    """Return how many stay as they are, and of the first of them who did what."""
    text = ngettext(
        "%(count)s comment was handled meanwhile, and stays as it is.",
        "%(count)s comments were handled meanwhile, and stay as they are.",
        len(all_handled),
    )
    said_of_each = [already(handled) for handled in all_handled[:NAMED]]
    more = len(all_handled) - NAMED
    if more > 0:
        said_of_each.append(_("And %(count)s more.") % {"count": more})
    return "\n".join([text % {"count": len(all_handled)}, *said_of_each])


def changed(comment: Comment) -> str:
    """Return who gave ``comment`` another text: its writer, or an editor."""
    [handled] = overtaking.all_handled([comment])
    return already(handled) if handled.act else _of_nobody(comment)


def another_editor() -> str:
    return _("You decided before what is objected to now. Another editor judges that.")


def _of_nobody(comment: Comment) -> str:
    """Return what happened to ``comment`` when no editor did it: then its writer has."""
    what = {"name": comment.user_name or "–", "state": comment.get_status_display()}
    if comment.edited_at and comment.status in editing_by_editor.EDITABLE:
        return _("%(name)s changed the comment meanwhile. Read it once more.") % what
    return _("The comment by %(name)s was changed meanwhile: %(state)s.") % what
