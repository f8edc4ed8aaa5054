"""Beginning and ending to follow a conversation."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import Page

from community.notifications import links, recalling
from community.notifications.models import Follow
from mail import limits, outbox
from mail.addresses import normalise
from users.models import User


def consent() -> str:
    """Return what someone agrees to who follows a page's conversation, in the language of now."""
    return gettext("Mail me about every new comment in this conversation")


@transaction.atomic
def request(page: Page, *, email: str, language: str, now: datetime, network_key: str = "") -> None:
    """Write down that someone asks to follow ``page`` at ``email``, and mail that address.

    Nobody has proven to own it yet: a new follow waits for the link in the mail,
    and one that runs changes in nothing. An address or a network that has had its
    share of mails gets none. The caller cannot tell these apart, and must not.
    """
    due_at = limits.when(email, network_key=network_key, now=now)
    if due_at is None:
        return
    follow, _is_new = Follow.objects.get_or_create(
        page=page,
        comment=None,
        email=normalise(email),
        defaults={"language": language, "consent_text": consent(), "requested_at": now},
    )
    if follow.active_at is not None:
        _mail(follow, "already", links.stop(follow), due_at=due_at, network_key=network_key)
        return
    Follow.objects.filter(pk=follow.pk).update(requested_at=now, language=language)
    follow.language = language
    _mail(follow, "confirm", links.confirm(follow), due_at=due_at, network_key=network_key)


def begin_for(member: User, page: Page, *, language: str, now: datetime) -> Follow:
    """Let ``member`` follow the conversation of ``page``; twice is harmless."""
    words = {"language": language, "consent_text": consent()}
    follow, _is_new = Follow.objects.get_or_create(
        page=page,
        comment=None,
        user=member,
        defaults={**words, "requested_at": now, "active_at": now},
    )
    return follow


def of_member(member: User, page: Page) -> Follow | None:
    """Return the follow by which ``member`` follows the whole conversation of ``page``."""
    return Follow.objects.of_page(page.pk).filter(user=member).first()


def look(token: str) -> Follow:
    """Return the follow that the confirmation link ``token`` is for; change nothing.

    Raises `links.BadToken`, `links.Expired`, and `Follow.DoesNotExist` when it was
    ended in the meantime.
    """
    return Follow.objects.select_related("page").get(public_id=links.read_confirm(token))


def confirm(token: str, *, now: datetime) -> Follow:
    """Begin the follow that ``token`` was mailed for; twice is harmless.

    Raises what `look` raises.
    """
    follow = look(token)
    Follow.objects.filter(pk=follow.pk, active_at__isnull=True).update(active_at=now)
    return follow


@transaction.atomic
def stop(token: str) -> None:
    """End the follow of the link ``token``, and drop its mails that have not left yet.

    However old the link is, and harmless twice: who no longer follows gets no
    mails, as asked.

    Raises `links.BadToken`.
    """
    follow = found_by(token)
    if follow is not None:
        end(follow)


def found_by(token: str) -> Follow | None:
    """Return the follow that the link ``token`` would end, if there is one still.

    Raises `links.BadToken`.
    """
    follows = Follow.objects.select_related("page", "user")
    return follows.filter(public_id=links.read_stop(token)).first()


@transaction.atomic
def end(follow: Follow) -> None:
    """Forget ``follow``, and drop its mails that have not left yet.

    What else was in them is told anew. The row goes first: a worker who is just
    writing such a mail has then written it, or does not find the follow any more.
    """
    public_id, address = follow.public_id, follow.address
    follow.delete()
    recalling.recall_because_of(public_id.hex, address)


def purge_unconfirmed(*, now: datetime) -> int:
    """Forget wishes that nobody confirmed while their link worked; return how many."""
    old = Follow.objects.filter(active_at__isnull=True, requested_at__lt=now - links.CONFIRM_WITHIN)
    return old.delete()[0]


def _mail(follow: Follow, name: str, link: str, *, due_at: datetime, network_key: str) -> None:
    outbox.enqueue(
        kind=f"notifications.{name}",
        to=follow.email,
        language=follow.language,
        template=f"notifications/mail/{name}",
        context={"page": follow.page, "link": link, "days": links.CONFIRM_WITHIN.days},
        due_at=due_at,
        network_key=network_key,
    )
