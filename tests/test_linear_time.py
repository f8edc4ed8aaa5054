"""R6: what anyone may send costs time in proportion to its length, whatever is in it."""

import time
from collections.abc import Callable
from ipaddress import ip_network

import pytest
from django.test import Client
from django.urls import reverse

from community.comments import text
from community.comments.forms import CommentForm
from community.comments.models import Comment
from community.comments.templatetags.comments import _without_indents
from core import networks
from mail import addresses
from tests import factories

pytestmark = pytest.mark.once

LONG = 25_000  # characters in a request; and four times as many
LONG_TEXT = LONG // 2  # and of what is asked without a request around it
LONGEST_FORM = 15_000  # of which four times as many still fit into a body that we take
AT_MOST = 8  # times the time for four times the length; squared it would be sixteen
AT_ONCE = 0.06  # seconds of CPU; what is done by then needs no measuring
AT_ONCE_FOR_A_TEXT = 0.03
FOR_A_COMMENT = 0.5  # seconds of CPU, for the worst of 3,000 characters on a slow machine

# What regular expressions and parsers have stumbled over, alone and in pairs.
SEEDS = (
    *("a", " ", "\n", "\t", "\r\n", "\x00", ".", "a.", "a@", "a@b.", "@", "-", "%", "%2f", "/"),
    *("*", "_", "**a", "a**", "*a_", "`", "``` ", "~~~", "[", "](", "[a](", "[a](<", "![", "[]"),
    *("<", ">", "<a ", "<!--", "</", "&", "&#", "&#1", "&amp;", "\\", "(", "'", '"'),
    *("> ", "- ", "1. ", "1) ", "> - ", "  - ", "\n\n", " \n", "- \n", "a\n", "[a]: b\n", "x "),
    *("www.a ", "http://", "http://a.nl/", "mailto:a@b.nl ", "://", "//a", "a:", "nl,", "en;q=1,"),
    *("\u0301", "e\u0301", "\u202e", "\u200d", "\ufdfa", "\ufb2c", "ſ", "\U0001f468\u200d"),
)

GETS = {
    "/": ["q", "pagina"],
    "/blog/": ["pagina", "tag"],
    "/keten/": ["q"],
    "/hulpmiddelen/": ["process", "category", "q"],
    "/hulpmiddelen/export.csv": ["process", "category"],
    "/abonneren/": ["email"],
    "/mijn/inloggen/": ["next"],
    "{page}": ["reacties", "volgorde", "vanaf"],
    "/reacties/{pk}/": ["reply_to"],
    "/reacties/{pk}/nieuw/": ["na"],
    "/reacties/{pk}/verstuurd/": ["staat"],
    "/reacties/{comment}/antwoorden/": ["pagina"],
    "/reacties/{comment}/stand/": ["sleutel"],
}
POSTS = {
    "/reacties/{pk}/": ["name", "email", "comment", "reply_to", "follow", "website"],
    "/reacties/{pk}/volgen/": ["email"],
    "/reacties/voorbeeld/": ["comment"],
    "/abonneren/": ["email", "frequency", "consent"],
    "/mijn/inloggen/": ["username", "password", "next"],
    "/mijn/inloggen/code/": ["email"],
    "/mijn/aanmelden/": ["email", "password1"],
    "/mijn/wachtwoord/vergeten/": ["email"],
}
HEADERS = (
    *("Accept-Language", "X-Forwarded-For", "Referer", "If-None-Match", "If-Modified-Since"),
    *("Accept", "Accept-Encoding", "User-Agent", "Cookie", "Range", "X-Forwarded-Proto"),
)
PATHS = ("/{}", "/blog/{}/", "/keten/{}/", "/reacties/bevestigen/{}/", "/afmelden/{}/")
FEW_SEEDS = ("a", "9", "/", "a/", " ", ",", ";", "a.", "a@b.", "=", "en;q=1,", "\u0301")


def cpu(work: Callable[[str], object], value: str, *, at_once: float = AT_ONCE) -> float:
    """Return the seconds of CPU that ``work`` takes at best, of one time when that is enough."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        work(value)
        taken.append(time.process_time() - began)
        if taken[-1] < at_once:
            break
    return min(taken)


def grows(
    work: Callable[[str], object], seed: str, length: int = LONG, at_once: float = AT_ONCE
) -> str:
    """Return what is wrong with the time that ``work`` takes for a long text of ``seed``."""
    whole = (seed * length)[: 4 * length].ljust(4 * length, seed[0])
    long = cpu(work, whole, at_once=at_once)
    if long <= at_once:
        return ""
    short = cpu(work, whole[:length], at_once=0)
    return "" if long <= AT_MOST * short else f"{seed!r}: {short:.3f} s, then {long:.3f} s"


def wrong(work: Callable[[str], object], seeds: tuple[str, ...], length: int = LONG) -> list[str]:
    return [said for seed in seeds if (said := grows(work, seed, length))]


def form(value: str) -> str:
    """Let the form look at ``value`` everywhere, and show it again."""
    names = ("name", "email", "comment", "reply_to", "follow", "website")
    return str(CommentForm(dict.fromkeys(names, value)))


class TestText:
    @pytest.mark.long
    @pytest.mark.parametrize(
        "work",
        [
            text.normalise,
            text.one_line,
            text.to_preview,
            form,
            _without_indents,
            addresses.normalise,
            addresses.one_line,
        ],
        ids=lambda work: f"{work.__module__}.{work.__qualname__}",
    )
    def test_costs_time_in_proportion_to_its_length(self, work):
        bad = [grows(work, seed, LONG_TEXT, AT_ONCE_FOR_A_TEXT) for seed in SEEDS]

        assert [said for said in bad if said] == []

    def test_of_a_comment_at_its_longest_is_soon_html_and_an_excerpt(self):
        def show(words: str) -> None:
            html = text.to_html(words)
            Comment(text_html=html).excerpt(160)
            _without_indents(html)

        slow = {}
        for seed in SEEDS:
            took = cpu(show, (seed * text.MAX_LENGTH)[: text.MAX_LENGTH])
            if took > FOR_A_COMMENT:
                slow[seed] = took

        assert slow == {}

    @pytest.mark.parametrize("header", ["1.2.3.4,", "a,", ",", "::1, ", "[::1]:1,"])
    def test_of_proxies_costs_time_in_proportion_to_its_length(self, rf, settings, header):
        settings.TRUSTED_PROXIES = [ip_network("0.0.0.0/0"), ip_network("::/0")]

        def work(value: str) -> str:
            return networks.client_address(rf.get("/", headers={"X-Forwarded-For": value}))

        assert grows(work, header) == ""


@pytest.fixture
def where(site, tool_index) -> dict[str, object]:
    """What stands in the addresses."""
    comment = factories.comment()
    page = comment.page
    return {"page": page.get_url(), "pk": page.pk, "comment": comment.public_id}


@pytest.mark.long
class TestARequest:
    @pytest.fixture
    def reader(self) -> Client:
        return Client(headers={"Sec-Fetch-Site": "same-origin"})

    @pytest.mark.parametrize("address", GETS)
    def test_with_a_long_question_takes_no_longer_than_it_is_long(self, reader, where, address):
        for name in GETS[address]:

            def ask(value: str, name: str = name) -> None:
                response = reader.get(address.format(**where), {name: value})
                assert response.status_code < 500

            assert wrong(ask, FEW_SEEDS) == [], name

    @pytest.mark.parametrize("address", POSTS)
    def test_with_a_long_form_takes_no_longer_than_it_is_long(self, reader, where, address):
        for name in POSTS[address]:

            def send(value: str, name: str = name) -> None:
                filled = {
                    "name": "Noor",
                    "email": "noor@example.org",
                    "comment": "Dag",
                    name: value,
                }
                assert reader.post(address.format(**where), filled).status_code < 500

            assert wrong(send, ("a", " ", "a.", "a@b.", "\n"), LONGEST_FORM) == [], name

    @pytest.mark.parametrize("name", HEADERS)
    def test_with_a_long_header_takes_no_longer_than_it_is_long(self, reader, where, name):
        def ask(value: str) -> None:
            response = reader.get(where["page"], headers={name: value})
            assert response.status_code < 500

        assert wrong(ask, FEW_SEEDS[:-1]) == []

    @pytest.mark.parametrize("path", PATHS)
    def test_with_a_long_address_takes_no_longer_than_it_is_long(self, reader, where, path):
        def ask(value: str) -> None:
            assert reader.get(path.format(value)).status_code < 500

        assert wrong(ask, ("a", "a/", "-", "%2f", ".", "9", "a%20"), LONGEST_FORM) == []

    def test_to_confirm_is_signed_over_no_more_than_it_may_be(self, reader, where):
        for name in ("subscriptions:confirm", "notifications:stop", "comments:confirm"):
            response = reader.get(reverse(name, args=["a." * LONG]))
            assert response.status_code == 404
