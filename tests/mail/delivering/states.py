"""States of messages, as they stand in the outbox."""

import datetime as dt

from django.utils import timezone

from mail.models import Message

State = Message.State


def states_of(*messages) -> list[str]:
    return [Message.objects.get(pk=message.pk).state for message in messages]


def in_seconds(seconds: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(seconds=seconds)
