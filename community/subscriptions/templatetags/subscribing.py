"""How other rooms' templates offer the digest: ``{% load subscribing %}``."""

from django import template

from community.subscriptions import expecting, offers
from community.subscriptions.links import WANTED
from community.subscriptions.selections import Selection

register = template.Library()


@register.inclusion_tag("subscriptions/partials/here.html")
def subscribe_here(kind: str, key: object) -> dict:
    """Offer a digest about one thing, named as in `Choice`, with how many mails to expect.

    The same for every reader, so that the page can be stored: no token, no name.
    """
    return {
        "kind": kind,
        "wanted": WANTED,
        "value": offers.value_of(kind, key),
        "expected": expecting.of(Selection.of([(kind, str(key))])),
    }
