"""Attacks and naughty strings through the real forms, in every field that a reader fills in.

No form may fail, and none may show again what it was given as anything but text.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.comments import own
from community.comments.forms import CommentForm
from community.comments.models import Comment
from tests import corpora, factories
from tests.config.doors import prove
from tests.markup import strangers
from tests.shares import THOROUGH

ATTACKS = 60  # spread over all of them; every one goes through the functions elsewhere
FEW = 24  # requests to each form; which ones differs from form to form
HARMLESS = ("Een gewone tekst", "noor@example.org", "", "-")

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.long, corpora.needs_data]


def many() -> list[str]:
    return [*corpora.naughty(), *corpora.spread(corpora.attacks(), ATTACKS)]


def few(name: str) -> list[str]:
    """Return some for the form called ``name``, of every other kind; others for other forms."""
    if THOROUGH:
        return many()
    number = list(FORMS).index(name)
    kinds = corpora.one_of_each_kind(many(), number)
    return corpora.spread([*kinds[number:], *kinds[:number]], min(FEW, len(kinds)))


@dataclass(frozen=True)
class Form:
    """A form, where it is sent, and the fields that get the string."""

    address: Callable[["Scene"], str]
    fields: tuple[str, ...]
    others: dict[str, str] = field(default_factory=dict)
    is_member: bool = False
    says_whence: bool = True


@dataclass(frozen=True)
class Scene:
    """What there is to write about."""

    post: int
    fresh: Comment
    refused: Comment
    passkey: int


def of_comment(name: str, which: str) -> Callable[[Scene], str]:
    def address(scene: Scene) -> str:
        comment = getattr(scene, which)
        return f"{reverse(name, args=[comment.public_id])}?{own.FIELD}={own.key(comment)}"

    return address


def of_page(name: str) -> Callable[[Scene], str]:
    return lambda scene: reverse(name, args=[scene.post])


def at(name: str) -> Callable[[Scene], str]:
    return lambda scene: reverse(name)


EMAIL = {"email": "noor@example.org"}
NAMED = {"name": "Noor", **EMAIL}
FORMS = {
    "comment": Form(of_page("comments:post"), ("name", "comment"), EMAIL),
    "comment's other fields": Form(
        of_page("comments:post"), ("email", "reply_to", "follow", "website"), NAMED
    ),
    "comment without a word whence": Form(
        of_page("comments:post"), ("name", "comment", "x"), EMAIL, says_whence=False
    ),
    "page with a preview": Form(
        of_page("comments:post"), ("name", "comment", "email"), {"preview": "1"}
    ),
    "preview": Form(at("comments:preview"), ("comment",)),
    "other text": Form(of_comment("own:edit", "fresh"), ("comment",)),
    "objection": Form(of_comment("own:object", "refused"), ("objection",)),
    "follow": Form(of_page("notifications:follow"), ("email", "website")),
    "subscribe": Form(at("subscriptions:subscribe"), ("email", "frequency", "consent")),
    "sign up": Form(at("account_signup"), ("name", "email", "password1")),
    "log in": Form(at("members:login"), ("username", "password")),
    "code": Form(at("account_request_login_code"), ("email",)),
    "name": Form(at("members:name"), ("name",), is_member=True),
    "passkey": Form(
        lambda scene: reverse("mfa_edit_webauthn", args=[scene.passkey]), ("name",), is_member=True
    ),
    "address": Form(at("account_email"), ("email",), {"action_add": "1"}, is_member=True),
}


@pytest.fixture
def member(site):
    return factories.UserFactory()


@pytest.fixture
def scene(site, member) -> Scene:
    post = factories.BlogPageFactory()
    now = timezone.now()
    passkey = Authenticator.objects.create(user=member, type="webauthn", data={"name": "Sleutel"})
    return Scene(
        post=post.pk,
        fresh=factories.comment(post, status="unconfirmed", at=now),
        refused=factories.comment(post, status="rejected"),
        passkey=passkey.pk,
    )


def browser(form: Form, member) -> Client:
    headers = {"Sec-Fetch-Site": "same-origin"} if form.says_whence else {}
    client = Client(headers=headers, enforce_csrf_checks=not form.says_whence)
    if form.is_member:
        client.force_login(member)
        prove(client, member)
    return client


def send(client: Client, form: Form, scene: Scene, string: str) -> tuple[int, str]:
    """Fill ``string`` in, and go where that leads; what it changes is undone afterwards."""
    cache.clear()
    data = {**form.others, **dict.fromkeys(form.fields, string)}
    with transaction.atomic():
        response = client.post(form.address(scene), data, follow=True)
        transaction.set_rollback(True)
    return response.status_code, response.content.decode()


class TestTheFieldsOfAComment:
    """Where every string goes, without a request around it."""

    def test_take_every_string_and_show_it_as_text(self):
        known = [str(filled(string)) for string in HARMLESS]

        odd = {}
        for string in many():
            if found := strangers(str(filled(string)), known):
                odd[string] = found

        assert odd == {}

    def test_hold_what_the_database_takes(self, site):
        post = factories.BlogPageFactory()
        taken = [form.cleaned_data for form in map(filled, many()) if form.is_valid()]

        for data in taken:
            factories.comment(post, name=data["name"], text=data["comment"])

        assert len(taken) > len(many()) // 2
        assert Comment.objects.on(post).count() == len(taken)


def filled(string: str) -> CommentForm:
    return CommentForm({"name": string, "comment": string, **EMAIL})


@pytest.mark.parametrize("name", FORMS)
class TestAForm:
    def test_takes_strings_of_many_kinds_and_shows_them_as_text(self, name, scene, member):
        form = FORMS[name]
        client = browser(form, member)
        known = [send(client, form, scene, string)[1] for string in HARMLESS]

        failing, odd = {}, {}
        for string in few(name):
            status, page = send(client, form, scene, string)
            if status >= 500:
                failing[string] = status
            if found := strangers(page, known):
                odd[string] = found

        assert failing == {}
        assert odd == {}
