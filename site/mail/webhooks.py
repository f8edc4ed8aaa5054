"""What a mail provider tells us by a webhook, through django-anymail.

Whoever knows ``MAIL_WEBHOOK_SECRET`` is believed. The mail is recognised by the key in
its Message-ID wherever the provider repeats that, and else by its recipient: then it is
the last one that went there.
"""

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from anymail.signals import AnymailTrackingEvent, tracking
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import timezone

from mail import bounces, composing, replies
from mail.models import Bounce, Message, MessageQuerySet

logger = logging.getLogger(__name__)

Kind = Bounce.Kind
View = Callable[[HttpRequest], HttpResponse]
GONE = {"invalid", "bounced"}  # reasons why an address is refused for good
FAILED = {"bounced", "rejected", "failed"}  # events after which nothing is tried any more


def guarded(view: View) -> View:
    """Return ``view`` so that it answers 400 to a body that it can make nothing of."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            logger.warning("A provider's words make no sense: %s", type(error).__name__)
            return HttpResponseBadRequest()

    return answer


@receiver(tracking, dispatch_uid="mail.webhooks")
def take(event: AnymailTrackingEvent, **_signal: Any) -> None:
    """Do what follows from ``event``; the same one twice changes no more."""
    kind = _kind(event)
    if kind is None:
        return
    message = _named(event) or _last_to(event.recipient or "")
    if message is None:
        logger.warning("A provider tells of a mail that is not ours: %s", event.event_type)
        return
    bounces.note(message, kind, status=replies.status(_words(event)), now=timezone.now())


def _kind(event: AnymailTrackingEvent) -> Kind | None:
    if event.event_type == "complained":
        return Kind.COMPLAINT
    if event.event_type not in FAILED:
        return None
    words = _words(event)
    is_gone = replies.says_gone(replies.status(words), words) if words else False
    return Kind.HARD if is_gone or (not words and event.reject_reason in GONE) else Kind.SOFT


def _words(event: AnymailTrackingEvent) -> str:
    return str(event.mta_response or event.description or "")


def _named(event: AnymailTrackingEvent) -> Message | None:
    said = f"{event.message_id} {json.dumps(event.esp_event, default=str)}"
    found = composing.MESSAGE_KEY.findall(said)
    keys = [key for key, sender in found if sender == composing.host()]
    return _sent().filter(key__in=keys).first()


def _last_to(address: str) -> Message | None:
    return _sent().to_address(address).first()


def _sent() -> MessageQuerySet:
    return Message.objects.filter(attempts__gt=0).order_by("-pk")
