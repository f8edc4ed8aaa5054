"""Telling authors that an editor sent their draft back, and why."""

from django.db import models, transaction
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import WorkflowState
from wagtail.users.models import UserProfile

from blog.models import BlogPage
from community.notifications import accounts
from community.notifications.models import Kind
from core.addresses import absolute
from mail.models import Message
from users.models import User


@transaction.atomic
def tell_returned(state: WorkflowState, *, by: User | None) -> list[Message]:
    """Mail who sent the draft in, and the author of a post, what the editor ``by`` says of it.

    Nobody who may not edit it, nor the editor; this is instead of Wagtail's own mail.
    """
    draft = state.content_object.get_latest_revision_as_object()
    told = []
    for user in _whom_to_tell(state, draft):
        link = AdminURLFinder(user).get_edit_url(draft)
        if user != by and link and _wants(user):
            context = {
                "title": str(draft),
                "comment": state.current_task_state.specific.get_comment(),
                "link": absolute(link),
            }
            told.append(accounts.tell(Kind.DRAFT, user, context))
    return told


def _whom_to_tell(state: WorkflowState, draft: models.Model) -> list[User]:
    author = draft.author.user if isinstance(draft, BlogPage) and draft.author else None
    return list(dict.fromkeys(user for user in (state.requested_by, author) if user))


def _wants(user: User) -> bool:
    """Wagtail has a switch of its own for this, in the profile."""
    in_profile = UserProfile.get_for_user(user).rejected_notifications
    return in_profile and accounts.wants(Kind.DRAFT, user)
