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
    about: str = "",
) -> Message:
    """Write one mail down in the caller's transaction; a worker sends it later.

    ``template`` names a folder: ``<template>/subject.txt``, ``body.txt`` and
    ``body.html`` are rendered in ``language`` with ``context``, ``site_name``,
    ``base_url`` and ``language``; only the HTML is escaped. The message is
    sent as soon as the transaction is committed and a worker looks, or from
    ``due_at`` on. ``network_key`` is for mails that a form asks for: see `mail.limits`.
    ``about`` names what the words came from, for `cancel` and `forget`: what sort of
    thing, a colon and its id, at most 64 characters. Keep the answer's key to
    `withdraw` this very mail.

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
        about=about,
    )


def enqueue_copies(
    circular: Circular, copies: Iterable[Copy], *, due_at: datetime | None = None
) -> int:
    """Write ``circular`` down for each of ``copies``, as `enqueue` would; return how many.

    One insert for all of them, so hand over a few hundred at a time.

    Raises what `enqueue` raises.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionRequired(circular.kind)
    due_at = due_at or timezone.now()
    messages = [
        Message(
            kind=circular.kind,
            to=require_one_line(copy.to),
            language=circular.language,
            **circular.parts_for(copy),
            headers=_checked(copy.headers),
            due_at=due_at,
            about=copy.about or circular.about,
        )
        for copy in copies
    ]
    return len(Message.objects.bulk_create(messages))


def cancel(*, kind: str | None = None, to: str | None = None, about: str = "") -> int:
    """Drop the mails that have not left yet and to which all that is given applies.

    Return how many. Raises `ValueError` when nothing is given.
    """
    if kind is None and to is None and not about:
        raise ValueError("Say which mails to cancel.")
    messages = Message.objects.all()
    if kind is not None:
        messages = messages.filter(kind=kind)
    if about:
        messages = messages.filter(about=about)
    return states.cancel(messages if to is None else messages.to_address(to))


def withdraw(keys: Iterable[int]) -> int:
    """Drop those of the mails with these primary keys that have not left yet; return how many."""
    return states.cancel(Message.objects.filter(pk__in=list(keys)))


def forget(*, about: str) -> int:
    """Drop what waits about a thing, and forget the words of what was sent about it.

    The rows stay, without subject, text, HTML and headers: that there was a mail, to
    whom, and what came of it. Return how many were dropped. Raises `ValueError`
    without ``about``: most mails are about nothing by that name.
    """
    if not about:
        raise ValueError("Say what the mails are about.")
    return states.forget(Message.objects.filter(about=about))


class TransactionRequired(RuntimeError):
    """A mail was enqueued outside the transaction of what caused it."""


def _checked(headers: dict[str, str]) -> dict[str, str]:
    return {require_one_line(name): require_one_line(value) for name, value in headers.items()}
