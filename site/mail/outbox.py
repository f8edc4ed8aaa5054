"""The only way by which anything leaves by mail."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from mail import rendering, states
from mail.addresses import require_one_line
from mail.models import Message
from mail.rendering import Circular, Copy


def enqueue(
    *,
    kind: str,
    to: str,
    language: str,
    template: str,
    context: dict,
    headers: dict[str, str] | None = None,
    due_at: datetime | None = None,
    network_key: str = "",
) -> Message:
    """Write one mail down in the caller's transaction; a worker sends it later.

    ``template`` names a folder: ``<template>/subject.txt``, ``body.txt`` and
    ``body.html`` are rendered in ``language`` with ``context``, ``site_name``,
    ``base_url`` and ``language``; only the HTML is escaped. The message is
    sent as soon as the transaction is committed and a worker looks, or from
    ``due_at`` on. ``network_key`` is for mails that a form asks for: see `mail.limits`.

    Raises `TransactionRequired` outside a transaction: a mail without the row
    that it is about, or the other way round, is what the outbox prevents; and
    `ValueError` for an address or a header with a line end in it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionRequired(kind)
    return Message.objects.create(
        kind=kind,
        to=require_one_line(to),
        language=language,
        **rendering.render(template, language, context),
        headers=_checked(headers or {}),
        due_at=due_at or timezone.now(),
        network_key=network_key,
    )


def enqueue_copies(circular: Circular, copies: Iterable[Copy]) -> int:
    """Write ``circular`` down for each of ``copies``, as `enqueue` would; return how many.

    One insert for all of them, so hand over a few hundred at a time.

    Raises what `enqueue` raises.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionRequired(circular.kind)
    due_at = timezone.now()
    messages = [
        Message(
            kind=circular.kind,
            to=require_one_line(copy.to),
            language=circular.language,
            **circular.parts_for(copy),
            headers=_checked(copy.headers),
            due_at=due_at,
        )
        for copy in copies
    ]
    return len(Message.objects.bulk_create(messages))


def cancel(*, kind: str, to: str | None = None, about: str = "") -> int:
    """Drop the mails of ``kind`` that have not left yet; return how many.

    With ``to`` only those for that address, with ``about`` only those that name it.
    """
    return states.cancel(kind=kind, to=to, about=about)


class TransactionRequired(RuntimeError):
    """A mail was enqueued outside the transaction of what caused it."""


def _checked(headers: dict[str, str]) -> dict[str, str]:
    return {require_one_line(name): require_one_line(value) for name, value in headers.items()}
