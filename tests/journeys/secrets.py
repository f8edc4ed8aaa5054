"""What nobody but its owner or an editor may read, planted in a demo and gathered from it.

Runs inside the demo, by `Demo.run`.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogIndexPage
from community.comments import appreciating, confirming, own
from community.comments.models import Comment, Device, Revision
from community.moderation.models import Act, Objection
from tests import factories
from users.models import User

OURS = {"comments", "notifications", "subscriptions", "mail", "users", "members", "moderation"}
ROOMS = OURS | {"django_comments", "account", "socialaccount", "sessions"}
IS_KEY = re.compile(r"hash|token|_key$|secret|password|ip_address")
AT_LEAST = 16  # characters of a key; shorter ones stand in any page by chance
SAID_AS = 6  # words by which a text is recognised
DIGESTS = ("md5", "sha1", "sha256")


@transaction.atomic
def plant() -> None:
    """Add pages that a stranger may not see, and give everyone and everything a key."""
    index = BlogIndexPage.objects.order_by("path").first()
    for number, hide in enumerate((_members, _password, _group, _draft, _off)):
        page = factories.BlogPageFactory(
            parent=index,
            title=f"Kanariepagina nummer {number}",
            slug=f"afgeschermd-{number}",
            introduction=f"Kanarie-inleiding nummer {number}",
            body=[("text", f"<p>Kanarietekst nummer {number}</p>")],
        )
        root = factories.comment(page, text=_words(f"onder pagina {number}"))
        factories.comment(page, parent=root, text=_words(f"in antwoord op pagina {number}"))
        hide(page)
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(username=f"kanarielogin{user.pk}")
    _plant_keys()


def _plant_keys() -> None:
    """Let a device, a link, an earlier text, an objection and networks be there to be found."""
    now = timezone.now()
    for comment in Comment.objects.visible():
        key = hashlib.sha256(f"net {comment.pk}".encode()).hexdigest()[:32]
        Comment.objects.filter(pk=comment.pk).update(network_key=key)
    shown = Comment.objects.visible().on_public_pages()[:3]
    for number, comment in enumerate(shown):
        secret = hashlib.sha256(f"apparaat {number}".encode()).hexdigest()
        device = Device.objects.create(token_hash=secret, email=f"toestel{number}@example.org")
        appreciating.give(comment, user=None, device=device)
        replaced = _words(f"voor de wijziging {number}")
        Revision.objects.create(comment=comment, text=replaced, replaced_at=now)
        Act.objects.create(
            comment=comment,
            moderator=User.objects.order_by("pk").first(),
            from_status="removed",
            to_status="approved",
            explanation=_words(f"in een uitleg {number}"),
        )
    page = shown[0].page.specific
    waiting = factories.comment(page, status="unconfirmed", text=_words("zonder bevestiging"))
    confirming.ask(waiting, now=now)
    refused = factories.comment(page, status="rejected", text=_words("die geweigerd zijn"))
    Objection.objects.create(
        comment=refused, text=_words("in een bezwaar"), language="nl", at=now - timedelta(hours=1)
    )


def gather() -> str:
    """Return all secrets as JSON: kind → what must not be found."""
    hidden = _hidden_comments()
    private = Page.objects.private() | Page.objects.not_live()
    addresses = sorted(_addresses())
    return json.dumps(
        {
            "addresses": addresses,
            "digests of addresses": sorted(_digests(addresses)),
            "keys": sorted(_keys()),
            "logins": list(User.objects.values_list("username", flat=True)),
            "words": sorted(_openings(hidden.values_list("comment", flat=True))),
            "confidences": sorted(_openings(_confidences())),
            "held": [str(key) for key in hidden.values_list("public_id", flat=True)],
            "titles": list(private.values_list("title", flat=True)),
            "links": [own.key(comment) for comment in Comment.objects.all()],
        }
    )


def _hidden_comments() -> models.QuerySet[Comment]:
    readable = Comment.objects.visible().on_public_pages().values("pk")
    return Comment.objects.exclude(pk__in=readable)


def _fields() -> Iterator[models.Field]:
    for model in apps.get_models():
        if model._meta.app_label in ROOMS:
            yield from model._meta.local_concrete_fields


def _values(fields: Iterable[models.Field]) -> Iterator[str]:
    for field in fields:
        for value in field.model._base_manager.values_list(field.attname, flat=True):
            if value:
                yield str(value)


def _addresses() -> set[str]:
    return set(_values(field for field in _fields() if isinstance(field, models.EmailField)))


def _digests(addresses: Iterable[str]) -> set[str]:
    return {
        hashlib.new(name, spelling.encode()).hexdigest()
        for address in addresses
        for spelling in (address, address.lower())
        for name in DIGESTS
    }


def _keys() -> set[str]:
    """Return what stands in any column that is named like a key, whichever rooms there are."""
    named = (field for field in _fields() if IS_KEY.search(field.attname) and not field.is_relation)
    return {value for value in _values(named) if len(value) >= AT_LEAST}


def _confidences() -> Iterator[str]:
    yield from Revision.objects.values_list("text", flat=True)
    yield from Act.objects.values_list("explanation", flat=True)
    yield from Objection.objects.values_list("text", flat=True)


def _openings(texts: Iterable[str]) -> set[str]:
    """Return the first words of each text that is long enough to be recognised."""
    opened = (text.split()[:SAID_AS] for text in texts)
    return {" ".join(words) for words in opened if len(words) == SAID_AS}


def _words(where: str) -> str:
    return f"Kanariewoorden {where} die alleen daar horen te staan, en nergens anders."


def _members(page: Page) -> None:
    page.view_restrictions.create(restriction_type=PageViewRestriction.LOGIN)


def _password(page: Page) -> None:
    page.view_restrictions.create(
        restriction_type=PageViewRestriction.PASSWORD, password="kanariewachtwoord"
    )


def _group(page: Page) -> None:
    restriction = page.view_restrictions.create(restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.order_by("pk").first())


def _draft(page: Page) -> None:
    page.unpublish()


def _off(page: Page) -> None:
    page.comments_mode = "off"
    page.save()
