"""What Wagtail tells us only by signals."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import WorkflowState
from wagtail.signals import page_published, workflow_rejected

from blog.models import BlogPage
from community.notifications import drafts, turns
from users.models import User


@receiver(page_published, sender=BlogPage)
def tell_turn(*, instance: BlogPage, **kwargs: Any) -> None:
    """A post appeared, or appeared anew."""
    turns.tell_next(instance, now=timezone.now())


# The name under which Wagtail connects its own mail: whoever has it first keeps it.
@receiver(
    workflow_rejected,
    sender=WorkflowState,
    dispatch_uid="workflow_state_rejected_email_notification",
)
def tell_returned(*, instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    """An editor sent a draft back."""
    drafts.tell_returned(instance, by=user)
