"""Looking at mails once more just before they leave: what they say may have been taken back.

The mail room knows no other, so a room whose mails may wait registers its check here.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from django.db import transaction

from mail import retrying, states
from mail.models import Batch, Message

logger = logging.getLogger(__name__)

GOOD_FOR = timedelta(seconds=1)  # that what was found fit is not looked at once more


class Check(Protocol):
    """What a room knows about its mails; a module may be one."""

    def stale(self, messages: Iterable[Message], /) -> set[int]:
        """Return the keys of those of ``messages`` that may not leave any more.

        Of messages ``about`` the same either all or none.
        """
        ...

    def redo(self, keys: Iterable[int], /) -> None:
        """Do what is to be done about mails that were dropped, in the transaction of that."""
        ...


_CHECKS: dict[str, Check] = {}


def register(kind: str, check: Check) -> None:
    """Ask ``check`` about mails of ``kind`` before they leave."""
    _CHECKS[kind] = check


class Checks:
    """Those of one sender, which remembers for a moment what it found fit to leave."""

    def __init__(self) -> None:
        self._fit: dict[tuple[str, str], datetime] = {}  # kind and ``about``, and when

    def fit_to_leave(
        self, batch: Batch, messages: list[Message], *, now: datetime
    ) -> list[Message]:
        """Return those of ``messages``, which ``batch`` holds, that may leave; drop the others.

        Where a check fails, its mails wait a little and no others do.
        """
        kept_back: set[int] = set()
        for kind, check in _CHECKS.items():
            asked = [each for each in messages if each.kind == kind and self._is_new(each, now)]
            gone = _kept_back(batch, asked, check, now) if asked else set()
            fit = {(kind, each.about) for each in asked if each.about and each.pk not in gone}
            self._fit |= dict.fromkeys(fit, now)
            kept_back |= gone
        return [message for message in messages if message.pk not in kept_back]

    def _is_new(self, message: Message, now: datetime) -> bool:
        found_at = self._fit.get((message.kind, message.about))
        return found_at is None or now - found_at > GOOD_FOR


def _kept_back(batch: Batch, asked: list[Message], check: Check, now: datetime) -> set[int]:
    try:
        stale = check.stale(asked)  # mostly none: others may write meanwhile
        if stale:
            with transaction.atomic():
                check.redo(states.drop(batch, stale))
    except Exception as error:
        logger.exception("Batch %s cannot be checked", batch.pk)
        keys = [message.pk for message in asked]
        states.put_back(batch, keys=keys, due_at=now + retrying.BUSY, error=repr(error))
        return set(keys)
    return stale
