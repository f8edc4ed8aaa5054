"""What the templates of a digest by mail are given."""

from datetime import datetime
from typing import Any

from community.digests import wording
from community.digests.contents import Contents
from community.subscriptions import links
from community.subscriptions.models import Subscription

DIGEST = "digests/mail/digest"
TEST = "digests/mail/test"


def context(news: Contents, subscription: Subscription, *, last: datetime | None) -> dict[str, Any]:
    """Return what ``DIGEST`` needs; ``last`` is where the reader's last digest ended, if any."""
    return {
        "news": news,
        "period": wording.since(news, last=last, language=subscription.language),
        "subscription": subscription,
        "preferences_link": links.preferences(subscription),
        "unsubscribe_link": links.unsubscribe(subscription),
    }


def context_of_test(news: Contents, *, language: str) -> dict[str, Any]:
    """Return what ``TEST`` needs: it is for an editor, who has not subscribed to it."""
    return {"news": news, "period": wording.since(news, last=None, language=language)}
