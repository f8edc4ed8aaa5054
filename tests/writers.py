"""What writers without account do."""

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from community.comments import confirming, devices
from community.comments.models import Comment, Device
from mail.models import Message
from tests import factories

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def ask(page, **kwargs) -> tuple[Comment, str]:
    """Store an unconfirmed comment; return it and the token that was mailed."""
    comment = factories.comment(page, status="unconfirmed", **kwargs)
    with transaction.atomic():
        confirming.ask(comment, now=kwargs.get("at") or timezone.now())
    return comment, last_token()


def last_token() -> str:
    """Return the token of the confirmation that was mailed last."""
    return Message.objects.latest("pk").text.split("/bevestigen/")[1].split("/")[0]


def press(client, token: str, **data):
    """Press the button behind the link of ``token``."""
    return client.post(reverse("comments:confirm", args=[token]), data, headers=SAME_ORIGIN)


def remember(client, email: str) -> Device:
    """Give the browser of ``client`` a device that has proven ``email``."""
    response = HttpResponse()
    device = devices.remember(response, email=email)
    for name, cookie in response.cookies.items():
        client.cookies[name] = cookie.value
    return device
