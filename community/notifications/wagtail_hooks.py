"""What an editor does in the Wagtail admin that somebody is to hear of."""

from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from wagtail import hooks

from blog.models import Chain
from community.notifications import turns


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def tell_turn(request: HttpRequest, instance: Model) -> None:
    """A chain was saved, with its links: the turn may be someone else's."""
    if isinstance(instance, Chain):
        turns.tell_current(instance, now=timezone.now())
