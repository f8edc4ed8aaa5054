"""The only way by which anything leaves by mail."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from mail import copying, rendering, states
from mail.addresses import require_one_line
from mail.models import Body, Message
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
    lets_in: bool = False,
    about: str = "",
) -> Message:
    """Write one mail down in the caller's transaction; a worker sends it later.

    ``template`` names a folder: ``<template>/subject.txt``, ``body.txt`` and
    ``body.html`` are rendered in ``language`` with ``context``, ``site_name``,
    ``base_url`` and ``language``; only the HTML is escaped. The message is
    sent as soon as the transaction is committed and a worker looks, or from
    ``due_at`` on. ``network_key`` and ``lets_in`` are for mails that a form asks for: see
    `mail.limits`. ``about`` names what the words came from, for `cancel` and `forget`:
    what sort of thing, a colon and its id, at most 64 characters. Keep the answer's key
    to `withdraw` this very mail.

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
        lets_in=lets_in,
        about=about,
    )


def enqueue_copies(
    circular: Circular, copies: Iterable[Copy], *, due_at: datetime | None = None
) -> list[int]:
    """Write ``circular`` down for each of ``copies``, as `enqueue` would; return primary keys.

    One insert for a few hundred of them. What they all say is written once, two queries
    more, unless there is one copy only.

    Raises what `enqueue` raises.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionRequired(circular.kind)
    copies = list(copies)
    like = Message(kind=circular.kind, language=circular.language, due_at=due_at or timezone.now())
    if len(copies) > 1:
        like.body = _body(circular)
    return copying.insert(like, [_own(circular, copy, like.body) for copy in copies])


def _own(circular: Circular, copy: Copy, body: Body | None) -> dict[str, Any]:
    """Return what the message of ``copy`` has that others of ``circular`` may not."""
    if body is None:
        parts = circular.parts_for(copy)
        words = {"subject": parts["subject"], "own_text": parts["text"], "own_html": parts["html"]}
    else:
        words = circular.own_parts_for(copy)
    return {
        "key": uuid.uuid4(),
        "to": require_one_line(copy.to),
        "headers": _checked(copy.headers),
        "about": copy.about or circular.about,
        **words,
    }


def _body(circular: Circular) -> Body:
    """Return what all copies say; it was written before when more copies follow later."""
    words = {name: circular.parts[name] for name in ("text", "html")}
    known = Body.objects.filter(key=circular.key).first()
    return known or Body.objects.create(key=circular.key, marks=circular.marks, **words)


def cancel(*, kind: str | None = None, to: str | None = None, about: str = "") -> int:
    """Drop the mails that wait still and to which all that is given applies.

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


def stop(*, kind: str, to: str) -> int:
    """Let no mail of ``kind`` go to the address ``to`` any more; return how many were dropped.

    One that a sender is at work on leaves within a second, or never.
    """
    return states.stop(Message.objects.filter(kind=kind).to_address(to))


def stop_these(keys: Iterable[int]) -> int:
    """Do so with the mails that have these primary keys."""
    return states.stop(Message.objects.filter(pk__in=list(keys)))


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
