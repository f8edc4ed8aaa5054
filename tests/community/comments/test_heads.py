"""What pages of forms and links say to machines, and where they lead in English."""

import datetime as dt
import re
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale, Site

from tests import factories
from tests.writers import SAME_ORIGIN, ask, press

NO_INDEX = '<meta name="robots" content="noindex">'


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


def check(page: str) -> None:
    assert NO_INDEX in page
    assert 'rel="canonical"' not in page


class TestPagesThatAreForOneReader:
    def test_are_found_by_no_search_engine(self, post, client, site):
        _, token = ask(post)
        _, expired = ask(post, at=timezone.now() - dt.timedelta(hours=73))
        confirm = reverse("comments:confirm", args=[token])

        check(client.get(confirm).content.decode())
        check(client.get(reverse("comments:confirm", args=[expired])).content.decode())
        check(press(client, token).content.decode())
        check(client.get(reverse("comments:post", args=[post.pk])).content.decode())
        check(client.get(f"/reacties/{post.pk}/verstuurd/?staat=wacht").content.decode())
        check(client.get("/reacties/bevestigen/onbekend/").content.decode())


class TestTheFrontPage:
    @pytest.fixture
    def english(self, home):
        """A front page in English, and where it is."""
        english = Locale.objects.create(language_code="en")
        home.copy_for_translation(english).get_latest_revision().publish()
        Site.clear_site_root_paths_cache()
        return "/en/"

    @pytest.mark.parametrize(
        "place", ["reacties/bevestigen/onbekend/", "reacties/volgen/stoppen/onbekend/"]
    )
    def test_is_the_one_of_the_language(self, client, english, place):
        said = client.get(f"/en/{place}").content.decode()

        assert re.search(r'class="button" href="/en/"', said)

    def test_of_the_dutch_is_dutch(self, client, home):
        said = client.get("/reacties/bevestigen/onbekend/").content.decode()

        assert re.search(r'class="button" href="/"', said)

    def test_is_that_after_forgetting_a_device_too(self, client, english):
        with translation.override("en"):
            address = reverse("comments:forget_device")

        said = client.post(address, headers=SAME_ORIGIN).content.decode()

        assert re.search(r'class="button" href="/en/"', said)

    def test_is_what_the_feed_of_the_site_belongs_to(self, client, english):
        feed = client.get("/en/reacties/feed.atom").content.decode()

        assert re.search(r'<link href="https?://[^/"]+/en/" rel="alternate"', feed)


class TestThePageOfReplies:
    def test_has_its_headings_in_order(self, post, client, site):
        comment = factories.comment(post)

        said = client.get(comment.get_absolute_url() + "antwoorden/").content.decode()

        levels = [int(level) for level in re.findall(r"<h([1-6])", said)]
        assert all(after - before <= 1 for before, after in pairwise(levels))
