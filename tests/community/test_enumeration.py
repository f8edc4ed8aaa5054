"""R10: nobody learns from an answer, or from how long it takes, whether an address is known."""

import statistics
import time
from dataclasses import dataclass

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from community.comments import devices
from tests import factories

pytestmark = pytest.mark.once

KNOWN, UNKNOWN = "bekende@example.org", "vreemde@example.org"  # alike in length
PAIRS = 25
DIFFERENCE = 0.010  # seconds of CPU, between the medians


class SlowHasher(PBKDF2PasswordHasher):
    """Some 40 ms of work, so that a hash that is left out shows."""

    iterations = 100_000


@dataclass(frozen=True)
class Seen:
    """What someone on the other side can tell."""

    status: int
    leads_to: str
    length: int
    headers: frozenset[str]
    cookies: frozenset[str]


def comment_form(post) -> tuple[str, dict]:
    words = {"name": "Noor", "comment": "Wat een verhaal."}
    return reverse("comments:post", args=[post.pk]), {"email": "", **words}


def following_form(post) -> tuple[str, dict]:
    return reverse("notifications:follow", args=[post.pk]), {"email": ""}


def subscribe_form(post) -> tuple[str, dict]:
    data = {"email": "", "frequency": "weekly", "consent": "on"}
    return reverse("subscriptions:subscribe"), data


def code_form(post) -> tuple[str, dict]:
    return reverse("account_request_login_code"), {"email": ""}


def reset_form(post) -> tuple[str, dict]:
    return reverse("account_reset_password"), {"email": ""}


def signup_form(post) -> tuple[str, dict]:
    return reverse("account_signup"), {"email": "", "password1": "een heel goed verhaal"}


def login_form(post) -> tuple[str, dict]:
    return reverse("members:login"), {"username": "", "password": "niet het wachtwoord"}


FORMS = [
    comment_form,
    following_form,
    subscribe_form,
    code_form,
    reset_form,
    signup_form,
    login_form,
]


@pytest.fixture
def post(site, settings):
    """A post, and someone who is known in every way that there is."""
    settings.PASSWORD_HASHERS = ["tests.community.test_enumeration.SlowHasher"]
    post = factories.BlogPageFactory()
    member = factories.UserFactory(username="iemand-anders", email=KNOWN)
    member.set_password("een goed verhaal")
    member.save()
    EmailAddress.objects.create(user=member, email=KNOWN, verified=True, primary=True)
    for _ in range(3):
        factories.comment(post, email=KNOWN, user=member)
    factories.comment(post, email=KNOWN, status="rejected")
    factories.FollowFactory(page=post, email=KNOWN)
    factories.SubscriptionFactory(email=KNOWN, confirmed=True)
    devices.Device.objects.create(token_hash="x" * 64, email=KNOWN)
    return post


def send(form, post, address: str, *, follow: bool) -> Seen:
    """Send ``form`` with ``address`` from a fresh browser; what it changes is undone."""
    path, data = form(post)
    name = "email" if "email" in data else "username"
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    with transaction.atomic():
        response = client.post(path, {**data, name: address}, follow=follow)
        transaction.set_rollback(True)
    return Seen(
        status=response.status_code,
        leads_to=response.request["PATH_INFO"] if follow else response.headers.get("Location", ""),
        length=len(response.content),
        headers=frozenset(response.headers) - {"Expires", "Last-Modified"},
        cookies=frozenset(client.cookies),
    )


def seconds(form, post, address: str) -> float:
    """Return the CPU that an answer takes; nobody asked before."""
    cache.clear()
    began = time.process_time()
    send(form, post, address, follow=False)
    return time.process_time() - began


def medians(form, post, addresses: tuple[str, str]) -> list[float]:
    """Ask about both addresses in turn; return the middle of the times of each."""
    taken: dict[str, list[float]] = {address: [] for address in addresses}
    for _ in range(PAIRS):
        for address, times in taken.items():
            times.append(seconds(form, post, address))
    return [statistics.median(times) for times in taken.values()]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
class TestAnAddress:
    @pytest.mark.parametrize("follow", [False, True], ids=["at once", "where it leads"])
    def test_that_is_known_gets_the_answer_of_one_that_is_not(self, post, form, follow):
        cache.clear()
        known = send(form, post, KNOWN, follow=follow)
        cache.clear()
        unknown = send(form, post, UNKNOWN, follow=follow)

        assert known == unknown
        assert known.status < 500

    @pytest.mark.long
    def test_that_is_known_takes_as_long_as_one_that_is_not(self, post, form):
        known, unknown = medians(form, post, (KNOWN, UNKNOWN))

        assert abs(known - unknown) < DIFFERENCE, f"{known:.4f} s, and {unknown:.4f} s"


@pytest.mark.long
class TestAnAccountWithoutPassword:
    def test_takes_as_long_to_refuse_as_none(self, post):
        factories.UserFactory(email="zonder@example.org").set_unusable_password()

        without, none = medians(login_form, post, ("zonder@example.org", "nergens@example.org"))

        assert abs(without - none) < DIFFERENCE
