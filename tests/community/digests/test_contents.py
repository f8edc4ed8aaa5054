import datetime as dt
from pathlib import Path

import pytest
from wagtail.models import Locale

from blog.models import BlogPage
from community.digests import contents
from community.subscriptions.selections import Selection
from tests import factories
from tests.community.digests.news import (
    IN,
    SINCE,
    UNTIL,
    between,
    make_private,
    old_post,
    post,
    shown,
)
from tests.factories import ImageFactory, ToolPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def tool(at=IN, **kwargs):
    page = ToolPageFactory(**kwargs)
    page.first_published_at = at
    page.save(update_fields=["first_published_at"])
    return page


def titles(news) -> list[str]:
    return [item.title for item in news.posts]


class TestPosts:
    def test_are_those_of_the_half_open_period(self):
        second = dt.timedelta(seconds=1)
        post(at=SINCE - second, title="te vroeg")
        post(at=SINCE, title="eerste")
        post(at=UNTIL - second, title="laatste")
        post(at=UNTIL, title="te laat")

        assert titles(between()) == ["laatste", "eerste"]

    def test_are_those_that_everyone_may_read(self):
        post(title="concept", live=False)
        make_private(post(title="besloten"))

        assert between().is_empty

    def test_are_no_aliases_of_what_not_everyone_may_read(self):
        page = old_post(title="besloten")
        alias = page.create_alias(update_slug="elders")
        BlogPage.objects.filter(pk=alias.pk).update(first_published_at=IN)
        factories.comment(alias, at=IN)
        assert titles(between()) == ["besloten"]

        make_private(page)

        assert between().is_empty

    def test_come_with_whole_addresses_and_their_author(self):
        page = post(title="Slimme straten")

        [item] = between().posts

        assert item.url == "https://estafette.example.org" + page.get_absolute_url()
        assert item.by == f"{page.author.name}, {page.author.organisation}"

    def test_survive_without_author(self):
        BlogPage.objects.filter(pk=post().pk).update(author=None)

        assert between().posts[0].by == ""

    def test_are_shown_once_in_the_readers_language(self):
        page = post(title="Nederlands")
        english = Locale.objects.get_or_create(language_code="en")[0]
        page.get_parent().specific.copy_for_translation(english, copy_parents=True)
        translated = page.copy_for_translation(english)
        translated.title = "English"
        translated.live = True
        translated.first_published_at = IN
        translated.save()
        post(title="Alleen Nederlands")

        assert set(titles(between("nl"))) == {"Nederlands", "Alleen Nederlands"}
        assert set(titles(between("en"))) == {"English", "Alleen Nederlands"}

    def test_of_a_chosen_chain_are_shown_in_the_readers_language_too(self):
        link = factories.LinkFactory(post=post(title="Nederlands"))
        translated = factories.in_english(link.post, title="English")
        translated.first_published_at = IN
        translated.save()
        chosen = Selection.of([("chain", str(link.chain_id))])

        assert titles(between("nl", selection=chosen)) == ["Nederlands"]
        assert titles(between("en", selection=chosen)) == ["English"]

    def test_beyond_eight_are_counted(self):
        for _ in range(11):
            post()

        news = between()

        assert (len(news.posts), news.more_posts) == (8, 3)
        assert news.posts_url == "https://estafette.example.org/blog/"


class TestPictures:
    def test_come_as_jpeg_with_a_whole_address_and_their_alternative_text(self):
        image = ImageFactory()
        stem = Path(image.file.name).stem[:8]
        post(image=image, image_alt="Een sensor aan een lantaarnpaal")

        picture = between().posts[0].picture

        assert picture.url.startswith(f"https://estafette.example.org/media/images/{stem}")
        assert picture.url.endswith(".jpg")
        assert picture.alt == "Een sensor aan een lantaarnpaal"

    def test_are_left_out_where_there_are_none(self):
        post()

        assert between().posts[0].picture is None

    def test_whose_file_is_lost_keep_nothing_from_the_reader(self, caplog):
        image = ImageFactory()
        image.file.storage.delete(image.file.name)
        post(image=image, title="Zonder plaat")

        [item] = between().posts

        assert (item.title, item.picture) == ("Zonder plaat", None)
        assert f"No picture of image {image.pk}" in caplog.text


class TestTools:
    def test_are_those_of_the_half_open_period_newest_first(self):
        second = dt.timedelta(seconds=1)
        tool(at=SINCE - second, title="te vroeg")
        tool(at=SINCE, title="eerste")
        tool(at=UNTIL - second, title="laatste")
        tool(at=UNTIL, title="te laat")

        assert [item.title for item in between().tools] == ["laatste", "eerste"]

    def test_are_those_that_everyone_may_see(self):
        tool(live=False)
        make_private(tool())

        assert between().is_empty

    def test_say_what_they_are_and_whose(self):
        page = tool(title="Datakookboek", one_line="Een strategie in acht gerechten.")

        [item] = between().tools

        assert item.url == "https://estafette.example.org" + page.get_absolute_url()
        assert item.one_line == "Een strategie in acht gerechten."
        assert item.owner == page.owner_organisation.name

    def test_alone_are_news(self):
        tool(title="Datakookboek")

        assert between().best == "Datakookboek"

    def test_beyond_five_are_counted(self):
        for _ in range(7):
            tool()

        news = between()

        assert (len(news.tools), news.more_tools) == (5, 2)
        assert news.tools_url == "https://estafette.example.org/hulpmiddelen/"


class TestTurns:
    def test_tell_whose_turn_it_is_in_each_chain(self):
        chain = factories.ChainFactory(name="Van buiten naar binnen")
        factories.LinkFactory(chain=chain, written=True)
        link = factories.LinkFactory(chain=chain)
        post()

        [turn] = between().turns

        assert turn.chain == "Van buiten naar binnen"
        assert turn.place.link == link
        assert turn.url == f"https://estafette.example.org/keten/{chain.slug}/"

    def test_are_no_news_by_themselves(self):
        factories.LinkFactory()

        assert between().is_empty


class TestASelection:
    def test_narrows_posts_comments_and_turns(self):
        mine, other = factories.LinkFactory(written=True), factories.LinkFactory(written=True)
        for link in (mine, other):
            factories.LinkFactory(chain=link.chain)
            link.post.first_published_at = IN
            link.post.save()
            factories.comment(link.post, at=IN, text=f"bij {link.post.title}")

        news = between(selection=Selection.of([("chain", str(mine.chain_id))]))

        assert titles(news) == [mine.post.title]
        assert shown(news) == [f"bij {mine.post.title}"]
        assert [turn.chain for turn in news.turns] == [mine.chain.name]
        assert len(titles(between())) == 2


class TestBetween:
    def test_of_nothing_is_empty(self):
        post(at=UNTIL)

        assert contents.between(UNTIL, UNTIL, language="nl").is_empty
        assert contents.between(UNTIL, SINCE, language="nl").is_empty

    def test_costs_the_same_for_much_as_for_little(self, django_assert_max_num_queries):
        page = old_post()
        for _ in range(12):
            factories.comment(post(), at=IN)
            factories.comment(page, at=IN)
            factories.LinkFactory(chain=factories.ChainFactory())

        with django_assert_max_num_queries(12):
            between()

    def test_costs_two_queries_more_with_as_many_tools_and_pictures(
        self, django_assert_max_num_queries
    ):
        page = old_post()
        for _ in range(12):
            factories.comment(post(image=ImageFactory()), at=IN)
            factories.comment(page, at=IN)
            factories.LinkFactory(chain=factories.ChainFactory())
            tool()
        between()  # cuts the pictures to size

        with django_assert_max_num_queries(14):
            between()
