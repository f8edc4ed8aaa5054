"""Preferences, as a browser saves them."""

import datetime as dt
import html
import re

from django.urls import reverse

from community.subscriptions import tokens
from community.subscriptions.models import Agreement, Subscription
from mail.models import Message

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
DAY = dt.timedelta(days=1)
GOOD = {
    "about": ["everything:"],
    "frequency": "weekly",
    "weekday": "0",
    "hour": "8",
    "time_zone": "Europe/Amsterdam",
    "paused_until": "",
    "language": "nl",
}


def path_of(subscription, name="preferences") -> str:
    token = tokens.make(tokens.PREFERENCES, subscription.public_id)
    return reverse(f"subscriptions:{name}", args=[token])


def save(browser, subscription, **changes):
    return browser.post(path_of(subscription), {**GOOD, **changes})


def rows() -> list:
    models = (Subscription, Agreement, Message)
    return [list(model.objects.order_by("pk").values()) for model in models]


def words(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())
