"""Read every public address of the demo as a stranger, and look for what is nobody's business."""

import html
import json
import re
import urllib.error
import urllib.request
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from config.leash import Leash
from tests import demo as demos
from tests.demo import Demo

STARTS = ["", "en/", "sitemap.xml", "blog/feed.atom", "robots.txt", ".well-known/security.txt"]
LINK = re.compile(r"""<[a-z][^<>]*?\s(?:href|action|src)="([^"]+)"|<loc>([^<]+)</loc>""")
SKIPPED = re.compile(r"/(?:static|media|postvak|admin|documents)/")
REPEATED = re.compile(r"volgorde=|vanaf=|next=")
A_COMMENTS_OWN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LIMIT = 2000
REPEATED_LIMIT = 15  # of other orders and further pages of threads, and of ways to log in, each

pytestmark = pytest.mark.long

SECRETS = ["digests of addresses", "keys", "logins", "words", "confidences", "held", "links"]
HOST_OF_ADDRESS = re.compile(r"(?:@|\s?\[at\]\s?)[\w-]+(?:\.[\w-]+)+")
NAME_OF_ADDRESS = re.compile(r"[\w.+-]+\Z")
PUBLIC = {"estafette@example.org"}  # where the site itself is reached
HIDDEN = [f"blog/afgeschermd-{number}/" for number in range(4)]


def planted(demo: Demo, call: str) -> str:
    """Run ``call`` of `tests.journeys.secrets` inside the demo; return what it printed."""
    return demo.run(f"from tests.journeys import secrets; print(secrets.{call})")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Demo]:
    """A demo that holds more secrets than the one that others use."""
    leash = Leash()
    try:
        running = demos.serve(leash, demos.filled(tmp_path_factory.mktemp("crawled")))
        planted(running, "plant()")
        yield running
        running.leave()
    finally:
        leash.close()


@pytest.fixture(scope="module")
def secrets(demo: Demo) -> dict[str, list[str]]:
    return json.loads(planted(demo, "gather()").splitlines()[-1])


def read(address: str) -> tuple[int, str, dict]:
    try:
        with urllib.request.urlopen(address, timeout=20) as response:
            body = response.read().decode("utf-8", errors="replace")
            return response.status, body, dict(response.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", errors="replace"), dict(error.headers)


def links(address: str, body: str) -> Iterator[str]:
    for link, place in LINK.findall(body):
        yield urldefrag(urljoin(address, html.unescape(link or place)))[0]


def addresses(text: str) -> Iterator[str]:
    """Find what looks like an e-mail address. From its middle, for that is quick."""
    for host in HOST_OF_ADDRESS.finditer(text):
        name = NAME_OF_ADDRESS.search(text[max(0, host.start() - 64) : host.start()])
        if name:
            yield name.group() + host.group()


@pytest.fixture(scope="module")
def crawled(demo: Demo) -> dict[str, tuple[int, str, dict]]:
    """Every address that a stranger can reach by links, with what it answers."""
    waiting, seen = deque(demo.url + start for start in STARTS), {}
    alike: Counter[str] = Counter()
    while waiting:
        address = waiting.popleft()
        if address in seen or SKIPPED.search(address) or not address.startswith(demo.url):
            continue
        kind = A_COMMENTS_OWN.sub("", address)
        alike[kind] += 1
        if REPEATED.search(address) and alike[kind] > REPEATED_LIMIT:
            continue
        seen[address] = status, body, _headers = read(address)
        assert len(seen) < LIMIT, "The crawl does not end."
        if status == 200:
            waiting.extend(links(address, body))
    return seen


@pytest.fixture(scope="module")
def said(crawled) -> dict[str, str]:
    """Body and headers of each answer, as sent, without entities, and without percent signs."""
    return {
        address: "\n".join((body, html.unescape(body), unquote(body), str(headers))).lower()
        for address, (_status, body, headers) in crawled.items()
    }


class TestACrawl:
    def test_reaches_the_pages(self, crawled):
        readable = [address for address, (status, *_) in crawled.items() if status == 200]

        assert len(readable) > 60
        assert any("/reacties/" in address for address in readable)
        assert any("volgorde=" in address for address in readable)

    def test_finds_no_page_that_fails(self, crawled):
        failing = {address: status for address, (status, *_) in crawled.items() if status >= 404}

        assert failing == {}

    @pytest.mark.parametrize("kind", [*SECRETS, "titles"])
    def test_finds_nothing_that_is_private(self, said, secrets, kind):
        assert secrets[kind]
        assert "" not in secrets[kind]

        wanted = {secret.lower() for secret in secrets[kind]}
        found = {
            (secret, address)
            for address, answer in said.items()
            for secret in wanted
            if secret in answer
        }

        assert found == set()

    def test_finds_no_address_but_the_sites_own(self, said, secrets):
        assert len(secrets["addresses"]) > 20

        found = {
            (found, address)
            for address, answer in said.items()
            for found in set(addresses(answer)) - PUBLIC
        }

        assert found == set()

    def test_is_given_no_cookie(self, crawled):
        assert {a for a, (_s, _b, headers) in crawled.items() if "Set-Cookie" in headers} <= {
            address for address in crawled if "/mijn/" in address
        }


class TestHeldComments:
    def test_have_no_address_of_their_own(self, demo: Demo, secrets):
        for key in secrets["held"]:
            for rest in ("", "antwoorden/", "waardering/", "stand/", "wijzigen/", "bezwaar/"):
                assert read(f"{demo.url}reacties/{key}/{rest}")[0] == 404


class TestAHiddenPage:
    @pytest.mark.parametrize("path", HIDDEN)
    def test_tells_nothing_at_its_own_address(self, demo: Demo, path):
        _status, body, headers = read(demo.url + path)

        assert "kanarie" not in f"{body}{headers}".lower()
