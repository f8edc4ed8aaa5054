"""Asking for digests, and the links in the mails about it."""

from django.utils import timezone

from community.subscriptions import consent, subscriptions, tokens
from community.subscriptions.models import Subscription
from mail.models import Message

CONSENT = consent.Consent(text="Ja.", version="1", page="/abonneren/")
State = Subscription.State


def request(email="lezer@example.org", **kwargs):
    defaults = {"frequency": "weekly", "language": "nl", "consent": CONSENT, "now": timezone.now()}
    subscriptions.request(email=email, **{**defaults, **kwargs})


def mailed_token() -> str:
    """Return the token of the confirmation that was mailed last."""
    return Message.objects.latest("pk").text.split("/bevestigen/")[1].split("/")[0]


def unsubscribe_token(subscription) -> str:
    return tokens.make(tokens.UNSUBSCRIBE, subscription.public_id)
