"""A writer who objects to a refusal."""

from django.urls import reverse
from django.utils import timezone

from community.comments import own
from community.moderation import objections
from community.moderation.models import Objection

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def object_to(comment, text="Dat klopt niet", **kwargs) -> Objection:
    kwargs = {"language": "nl", "now": timezone.now(), **kwargs}
    return objections.object_to(comment, text=text, **kwargs)


def send(client, comment, text, **extra):
    address = reverse("own:object", args=[comment.public_id])
    data = {"objection": text, "sleutel": own.key(comment), **extra}
    return client.post(address, data, headers=SAME_ORIGIN)
