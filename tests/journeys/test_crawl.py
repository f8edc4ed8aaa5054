"""Read every public address of the demo as a stranger, and look for what is nobody's business."""

import json
import re
import urllib.error
import urllib.request
from urllib.parse import urldefrag, urljoin

import pytest

from tests.demo import Demo

STARTS = ["", "en/", "sitemap.xml", "blog/feed.atom", "robots.txt", ".well-known/security.txt"]
LINK = re.compile(r"""<[a-z][^<>]*?\s(?:href|action|src)="([^"]+)"|<loc>([^<]+)</loc>""")
SKIPPED = re.compile(r"/(?:static|media|postvak|admin|documents)/|volgorde=|vanaf=")
LIMIT = 2000

SECRETS = """
import json
from blog.models import BlogPage
from community.comments.models import Comment
from community.subscriptions.models import Subscription
from users.models import User
hidden = Comment.objects.exclude(status="approved")
words = [" ".join(text.split()[:6]) for text in hidden.values_list("comment", flat=True)]
print(json.dumps({
    "addresses": [
        *Comment.objects.exclude(user_email="").values_list("user_email", flat=True),
        *Subscription.objects.values_list("email", flat=True),
        *User.objects.exclude(email="").values_list("email", flat=True),
    ],
    "hashes": [*Comment.objects.exclude(writer_key="").values_list("writer_key", flat=True)],
    "words": [text for text in words if len(text.split()) == 6],
    "held": [str(key) for key in hidden.values_list("public_id", flat=True)],
    "drafts": [*BlogPage.objects.filter(live=False).values_list("title", flat=True)],
}))
"""


@pytest.fixture(scope="module")
def secrets(demo: Demo) -> dict[str, list[str]]:
    return json.loads(demo.manage("shell", "-c", SECRETS).splitlines()[-1])


def read(address: str) -> tuple[int, str, dict]:
    try:
        with urllib.request.urlopen(address, timeout=20) as response:
            body = response.read().decode("utf-8", errors="replace")
            return response.status, body, dict(response.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", errors="replace"), dict(error.headers)


@pytest.fixture(scope="module")
def crawled(demo: Demo) -> dict[str, tuple[int, str, dict]]:
    """Every address that a stranger can reach by links, with what it answers."""
    waiting, seen = [demo.url + start for start in STARTS], {}
    while waiting:
        address = waiting.pop()
        if address in seen or SKIPPED.search(address):
            continue
        seen[address] = status, body, _headers = read(address)
        assert len(seen) < LIMIT, "The crawl does not end."
        if status == 200:
            for link, place in LINK.findall(body):
                found = urldefrag(urljoin(address, (link or place).replace("&amp;", "&")))[0]
                if found.startswith(demo.url):
                    waiting.append(found)
    return seen


class TestACrawl:
    def test_reaches_the_pages(self, crawled, demo):
        readable = [address for address, (status, *_) in crawled.items() if status == 200]

        assert len(readable) > 60
        assert any("/reacties/" in address for address in readable)

    def test_finds_no_page_that_fails(self, crawled):
        failing = {address: status for address, (status, *_) in crawled.items() if status >= 404}

        assert failing == {}

    @pytest.mark.parametrize("kind", ["addresses", "hashes", "words", "held", "drafts"])
    def test_finds_nothing_that_is_private(self, crawled, secrets, kind):
        assert secrets[kind]
        assert "" not in secrets[kind]

        found = {
            (secret, address)
            for address, (_status, body, headers) in crawled.items()
            for secret in set(secrets[kind])
            if secret in body or secret in str(headers)
        }

        assert found == set()

    def test_is_given_no_cookie(self, crawled):
        assert {a for a, (_s, _b, headers) in crawled.items() if "Set-Cookie" in headers} <= {
            address for address in crawled if "/mijn/" in address
        }


class TestHeldComments:
    def test_have_no_address_of_their_own(self, demo: Demo, secrets):
        for key in secrets["held"]:
            for rest in ("", "antwoorden/", "waardering/"):
                assert read(f"{demo.url}reacties/{key}/{rest}")[0] == 404
