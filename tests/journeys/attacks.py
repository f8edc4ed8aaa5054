"""What happens inside a demo to attacks that were sent in by its form.

Run by `Demo.run`.
"""

import json
from collections import Counter

from django.utils import timezone

from blog.models import BlogPage
from community.comments import states
from community.comments.models import Comment
from community.moderation import decisions
from tests import factories
from users.models import User

FOLLOWER = "volgt-alles@example.org"
SENDER = "aanval"  # how the addresses begin that attacks are sent with
Status = Comment.Status


def prepare() -> str:
    """Let someone follow a new post's conversation; return the post's key and address as JSON."""
    page = BlogPage.objects.live().filter(locale__language_code="nl").order_by("pk").first()
    page = page.copy(update_attrs={"title": "Onder vuur", "slug": "onder-vuur"})
    factories.FollowFactory(page=page, email=FOLLOWER)
    return json.dumps({"key": page.pk, "url": page.get_url()})


def hide(key: int) -> None:
    """Take the post away from readers, and the attacks from editors, for other journeys."""
    BlogPage.objects.get(pk=key).unpublish()
    Comment.objects.filter(page_id=key).update(user_name="Noor", comment="Was een aanval.")


def judge() -> str:
    """Let two of three be approved and half of the rest refused; return how many are what."""
    now, moderator = timezone.now(), User.objects.get(username="moderator")
    sent = Comment.objects.filter(user_email__startswith=SENDER)
    for number, comment in enumerate(sent.select_related("page", "user").order_by("pk")):
        states.change(comment, to=Status.PENDING, now=now)
        if number % 3:
            decisions.approve(comment, by=moderator)
        elif number % 2:
            decisions.reject(comment, by=moderator, reason="other")
    return json.dumps(Counter(sent.values_list("status", flat=True)))
