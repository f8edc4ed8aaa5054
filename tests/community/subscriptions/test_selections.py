import pytest

from blog.models import BlogPage
from community.comments.models import Comment
from community.subscriptions import choosing, selections
from community.subscriptions.selections import EVERYTHING, Selection
from tests import factories
from tests.factories import AuthorFactory, BlogPageFactory, SubscriptionFactory, ToolPageFactory
from tools.models import ToolPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def about(*choices) -> Selection:
    return Selection.of((kind, str(key)) for kind, key in choices)


def posts(selection) -> list[str]:
    return sorted(post.title for post in selection.posts(BlogPage.objects.published()))


def tools(selection) -> list[str]:
    return [tool.title for tool in selection.tools(ToolPage.objects.published())]


def comments(selection) -> list[str]:
    return sorted(selection.comments(Comment.objects.visible()).values_list("comment", flat=True))


class TestASelection:
    def test_is_equal_to_one_with_the_same_choices_in_another_order(self):
        one, two = about(("tag", "a"), ("chain", 3)), about(("chain", 3), ("tag", "a"))

        assert one == two
        assert len({one, two}) == 1

    def test_of_everything_and_more_is_everything(self):
        assert about(("tag", "a"), ("everything", "")) == EVERYTHING

    def test_survives_being_kept_as_json(self):
        one = about(("tag", "a"), ("chain", 3))

        assert Selection.of(one.pairs()) == one

    def test_of_nothing_is_nothing(self):
        BlogPageFactory()
        ToolPageFactory()
        factories.comment()

        assert posts(about()) == tools(about()) == comments(about()) == []

    def test_of_everything_is_everything(self):
        factories.comment(BlogPageFactory(title="Een"), text="ja")
        ToolPageFactory(title="Twee")

        assert (posts(EVERYTHING), tools(EVERYTHING), comments(EVERYTHING)) == (
            ["Een"],
            ["Twee"],
            ["ja"],
        )

    @pytest.mark.parametrize(
        "kind",
        ["section", "chain", "author", "organisation", "tag", "conversation", "onzin"],
    )
    @pytest.mark.parametrize("key", ["", "0", "-1", "9" * 18, "9" * 19, "\u0661", "é", "1 OR 1=1"])
    def test_of_what_is_not_there_is_nothing(self, kind, key):
        BlogPageFactory()
        ToolPageFactory()
        factories.comment()

        strange = about((kind, key))

        assert posts(strange) == tools(strange) == comments(strange) == []
        assert not strange.has_chain(1)


class TestPosts:
    def test_are_those_of_a_chain(self):
        link = factories.LinkFactory(written=True)
        BlogPageFactory()

        assert posts(about(("chain", link.chain_id))) == [link.post.title]

    def test_of_a_chain_are_their_translations_too(self):
        link = factories.LinkFactory(written=True)
        factories.in_english(link.post, title="In English")
        factories.in_english(BlogPageFactory(), title="Of no chain")

        assert posts(about(("chain", link.chain_id))) == sorted([link.post.title, "In English"])

    def test_are_those_of_an_author_or_an_organisation(self):
        author = AuthorFactory()
        BlogPageFactory(title="Eigen", author=author)
        BlogPageFactory(title="Collega", author=AuthorFactory(organisation=author.organisation))
        BlogPageFactory(title="Ander")

        assert posts(about(("author", author.pk))) == ["Eigen"]
        assert posts(about(("organisation", author.organisation_id))) == ["Collega", "Eigen"]

    def test_are_those_with_a_tag(self):
        page = BlogPageFactory(title="Nat")
        page.tags.add("Water")
        page.save()
        BlogPageFactory()

        assert posts(about(("tag", "water"))) == ["Nat"]

    def test_are_those_of_a_section_and_its_translation(self, blog_index, english_home):
        BlogPageFactory(title="Hier")
        english = blog_index.copy_for_translation(english_home.locale)
        BlogPageFactory(title="There", parent=english)

        assert posts(about(("section", blog_index.pk))) == ["Hier", "There"]
        assert posts(about(("section", english.pk))) == ["Hier", "There"]

    def test_come_once_when_four_choices_fit(self):
        link = factories.LinkFactory(written=True)
        page = link.post
        page.tags.add("water", "lucht")
        page.save()
        four = [("chain", link.chain_id), ("author", page.author_id), ("tag", "water")]

        assert posts(about(*four, ("tag", "lucht"))) == [page.title]


class TestTools:
    def test_are_those_of_one_filter_of_the_library(self):
        ToolPageFactory(title="A", process="besturen", category="data")
        ToolPageFactory(title="B", process="beheren", category="data")

        assert tools(about(("tools", "process=besturen"))) == ["A"]
        assert tools(about(("tools", "process=besturen&category=ontwerp"))) == []
        assert tools(about(("tools", ""))) == ["A", "B"]

    def test_are_those_of_an_organisation(self):
        owner = factories.OrganisationFactory()
        ToolPageFactory(title="A", owner_organisation=owner)
        ToolPageFactory(title="B")

        assert tools(about(("organisation", owner.pk))) == ["A"]


class TestComments:
    def test_are_those_under_what_was_chosen(self):
        link, tool = factories.LinkFactory(written=True), ToolPageFactory(process="besturen")
        factories.comment(link.post, text="keten")
        factories.comment(tool, text="hulpmiddel")
        factories.comment(text="ander")

        assert comments(about(("chain", link.chain_id))) == ["keten"]
        assert comments(about(("tools", "process=besturen"))) == ["hulpmiddel"]
        assert comments(about(("tools", ""), ("chain", link.chain_id))) == ["hulpmiddel", "keten"]

    def test_of_a_chain_are_those_under_a_translation_too(self):
        link = factories.LinkFactory(written=True)
        factories.comment(factories.in_english(link.post, title="In English"), text="nice")

        assert comments(about(("chain", link.chain_id))) == ["nice"]

    def test_are_those_of_one_conversation_and_not_its_post(self):
        page = BlogPageFactory()
        factories.comment(page, text="hier")
        factories.comment(text="daar")

        assert comments(about(("conversation", page.pk))) == ["hier"]
        assert posts(about(("conversation", page.pk))) == []


class TestChoose:
    def test_leaves_exactly_what_was_chosen(self):
        subscription = SubscriptionFactory(choices=[("tag", "a"), ("tag", "b")])
        kept = subscription.choices.get(key="b").pk
        wanted = about(("tag", "b"), ("tools", ""))

        choosing.choose(subscription, wanted)
        choosing.choose(subscription, wanted)

        assert selections.of(subscription) == wanted
        assert subscription.choices.get(key="b").pk == kept
