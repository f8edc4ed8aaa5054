import datetime as dt
import re

import pytest
from django.utils import timezone
from django.utils.html import escape

from community.comments import states
from community.comments.models import Comment
from community.digests import digests
from community.digests.models import Edition
from mail.models import Message
from tests import factories
from tests.factories import BlogPageFactory, SubscriptionFactory, ToolPageFactory
from tests.html import text_of

HOUR = dt.timedelta(hours=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def sent(**kwargs) -> Message:
    """Send what is new to one reader, and return the mail."""
    SubscriptionFactory(confirmed=True, **kwargs)
    digests.send_due(now=timezone.now())
    return Message.objects.latest("pk")


def address(message: Message) -> str:
    """Return the path of the web version that the mail names."""
    [found] = set(re.findall(r"https://estafette\.example\.org(\S*/overzicht/\S+/)", message.text))
    assert found in message.html
    return found


@pytest.fixture
def post():
    return BlogPageFactory(title="Sensoren op straat", first_published_at=timezone.now() - HOUR)


class TestAnEdition:
    def test_shows_what_the_mail_told(self, client, post):
        factories.comment(post, name="José & Zoë", text="Dit werkt bij ons ook.")
        ToolPageFactory(title="Datakookboek", first_published_at=timezone.now() - HOUR)
        factories.LinkFactory(chain__name="Van buiten naar binnen")

        response = client.get(address(sent()))

        page = text_of(response)
        for words in ("Sensoren op straat", "Datakookboek", "Van buiten naar binnen"):
            assert words in page
        assert escape("José & Zoë") in page
        assert "Dit werkt bij ons ook." in page

    def test_shows_pictures_from_where_it_stands_itself(self, client):
        image = factories.ImageFactory()
        now = timezone.now()
        BlogPageFactory(image=image, image_alt="Een meetkastje", first_published_at=now - HOUR)

        page = text_of(client.get(address(sent())))

        assert re.search(r'<img src="/media/images/[^"]+\.jpg" alt="Een meetkastje"', page)

    def test_leaves_out_what_was_taken_away_since(self, client, post):
        gone = BlogPageFactory(title="Ingetrokken", first_published_at=timezone.now() - HOUR)
        comment = factories.comment(post, text="Eerst goedgekeurd.")
        path = address(sent())
        assert "Ingetrokken" in text_of(client.get(path))

        gone.unpublish()
        states.change(comment, to=Comment.Status.REMOVED, now=timezone.now())

        page = text_of(client.get(path))
        assert "Sensoren op straat" in page
        assert "Ingetrokken" not in page
        assert "Eerst goedgekeurd." not in page

    def test_of_which_nothing_is_left_says_so(self, client, post):
        path = address(sent())
        post.delete()

        response = client.get(path)

        assert response.status_code == 200
        assert "staat niets meer op de site" in text_of(response)

    def test_does_not_tell_what_came_later(self, client, post):
        path = address(sent())
        BlogPageFactory(title="Van na het overzicht", first_published_at=timezone.now())

        assert "Van na het overzicht" not in text_of(client.get(path))

    def test_is_the_same_for_all_who_follow_the_same_and_says_nothing_about_them(
        self, client, post
    ):
        now = timezone.now()
        readers = SubscriptionFactory.create_batch(3, confirmed=True, confirmed_at=now)
        digests.send_due(now=now)

        [path] = {address(message) for message in Message.objects.all()}

        page = text_of(client.get(path))
        for reader in readers:
            assert reader.email not in page
            assert reader.public_id.hex not in page
        assert "/afmelden/" not in page

    def test_is_in_no_index_and_gives_no_cookie(self, client, post):
        response = client.get(address(sent()))

        assert response["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in text_of(response)
        assert not response.cookies

    def test_speaks_the_language_of_the_reader(self, client, english_home, post):
        path = address(sent(language="en"))

        assert path.startswith("/en/overzicht/")
        assert "New posts" in text_of(client.get(path))
        assert "Nieuwe berichten" in text_of(client.get(path.removeprefix("/en")))

    @pytest.mark.parametrize("number", ["1", "0" * 32, "a" * 500, "%00", "../../"])
    def test_that_is_not_there_is_not_found(self, client, number):
        assert client.get(f"/overzicht/{number}/").status_code == 404

    def test_cannot_be_changed(self, client, post):
        path = address(sent())

        assert client.post(path).status_code == 405

    def test_costs_the_same_for_much_as_for_little(self, client, count_queries, post):
        path = address(sent())
        little = count_queries(lambda: client.get(path))

        for _ in range(6):
            page = BlogPageFactory(first_published_at=post.first_published_at)
            factories.comment(page, at=post.first_published_at)
            ToolPageFactory(first_published_at=post.first_published_at)
        much = count_queries(lambda: client.get(path))

        assert much <= little + 1  # counts the tools that did not fit

    def test_is_made_for_no_dry_run_and_for_nothing_new(self, post):
        SubscriptionFactory(confirmed=True)
        digests.send_due(now=timezone.now(), dry_run=True)
        post.delete()
        digests.send_due(now=timezone.now())

        assert not Edition.objects.exists()
