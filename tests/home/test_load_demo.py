import datetime as dt
import re
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils import timezone
from django.utils.html import escape, strip_tags
from wagtail.models import Locale, Page

from blog import chains
from blog.models import BlogPage, Chain
from community.comments.models import Comment
from community.comments.text import to_html
from community.moderation.models import Act
from community.subscriptions.models import Subscription
from core.models import CustomImage, Organisation
from home.models import StandardPage
from tests.html import text_of
from tools.models import ToolPage, ToolUse
from tools.vocabulary import Category, Criterion, Evidence, Process
from users.models import User

pytestmark = pytest.mark.once

COUNTED = [Page, Comment, Act, User, Organisation, CustomImage, Chain, Subscription]
OWED = ["/toegankelijkheid/", "/privacy/", "/huisregels/"]
LOGINS = {"redactie", "moderator", "auteur", "lid", "beheer"}


@pytest.fixture
def dutch(demo) -> Locale:
    return Locale.objects.get(language_code="nl")


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED}


def badges(client, address: str) -> list[str]:
    """Return what stands beside the names in the conversation at ``address``."""
    html = client.get(address).content.decode()
    return re.findall(r'comment__badge">([^<]+)<', html)


class TestLoadDemo:
    def test_changes_nothing_the_second_time(self, demo):
        before = counts()

        call_command("load_demo")

        assert counts() == before

    def test_is_refused_outside_the_demo(self, db, settings):
        settings.DEMO = False
        before = counts()

        with pytest.raises(CommandError, match="for the demo only"):
            call_command("load_demo")

        assert counts() == before

    def test_makes_the_logins_with_one_password(self, demo, client):
        assert set(User.objects.values_list("username", flat=True)) == LOGINS
        assert all(client.login(username=name, password="estafette") for name in LOGINS)


class TestTheChain:
    def test_has_nine_links_of_which_the_last_is_someones_turn(self, demo):
        places = chains.places(Chain.objects.get())

        assert [place.link.is_written for place in places] == [True] * 8 + [False]
        assert chains.turn(places) == places[-1]

    def test_expects_the_next_post_within_a_month(self, demo):
        due = chains.places(Chain.objects.get())[-1].link.due_date

        assert timezone.localdate() < due < timezone.localdate() + dt.timedelta(days=31)

    def test_passes_the_baton_by_name(self, demo):
        for place in chains.places(Chain.objects.get())[:-1]:
            assert f"<b>{place.following.author.name}</b>" in str(place.link.post.body)

    def test_is_as_long_as_a_letter(self, demo):
        for place in chains.places(Chain.objects.get())[:-1]:
            words = strip_tags(place.link.post.body.render_as_block()).split()

            assert 350 < len(words) < 800, place.link.post


class TestPostsAndTools:
    def test_there_are_four_posts_beside_the_chain(self, dutch):
        assert BlogPage.objects.filter(locale=dutch, link=None).count() == 4

    def test_two_posts_are_of_this_week(self, dutch):
        week_ago = timezone.now() - dt.timedelta(days=6)

        assert BlogPage.objects.filter(locale=dutch, first_published_at__gt=week_ago).count() >= 2

    def test_eight_tools_cover_every_process_and_category(self, dutch):
        tools = ToolPage.objects.filter(locale=dutch)

        assert len(tools) == 8
        assert {tool.process for tool in tools} == set(Process.values)
        assert {tool.category for tool in tools} == set(Category.values)

    def test_every_tool_is_held_against_every_criterion(self, demo):
        for tool in ToolPage.objects.all():
            assert {row.criterion for row in tool.criteria.all()} == set(Criterion.values), tool
            assert all(row.why for row in tool.criteria.all())
            assert tool.steps.count() >= 5

    def test_what_is_called_a_candidate_or_proven_is_used_for_real_by_two(self, dutch):
        promised = [Evidence.CANDIDATE, Evidence.PROVEN]
        tools = ToolPage.objects.filter(locale=dutch, evidence__in=promised).with_card_fields()

        assert [tool.title for tool in tools if tool.use_count < 2] == []
        assert len(tools) == 5

    def test_one_use_waits_for_an_editor(self, demo):
        for use in ToolUse.objects.all():
            use.full_clean()

        assert ToolUse.objects.filter(verified_at=None).count() == 1

    def test_every_page_is_valid(self, demo):
        for model in (BlogPage, ToolPage, StandardPage):
            for page in model.objects.all():
                page.full_clean()
                page.body.stream_block.clean(page.body)

    def test_every_block_is_used(self, dutch):
        used = {block.block_type for post in BlogPage.objects.all() for block in post.body}

        assert used == set(BlogPage.body.field.stream_block.child_blocks)

    def test_every_post_and_tool_has_a_picture_of_its_own(self, dutch):
        for model in (BlogPage, ToolPage):
            pages = model.objects.filter(locale=dutch).select_related("image")

            assert len({page.image_id for page in pages}) == len(pages)
            assert {(page.image.width, page.image.height) for page in pages} == {(1600, 900)}

    def test_every_page_has_a_first_version(self, demo):
        pages = Page.objects.filter(depth__gt=1)

        assert not pages.filter(live_revision=None).exists()
        assert not pages.filter(has_unpublished_changes=True).exists()

    def test_twenty_organisations_are_of_all_seven_types(self, demo):
        types = Counter(Organisation.objects.values_list("type", flat=True))

        assert types.total() == 20
        assert set(types) == set(Organisation.Type.values)


class TestComments:
    def test_stand_in_every_state_and_three_levels_deep(self, demo):
        states = Counter(Comment.objects.values_list("status", flat=True))

        assert set(states) == set(Comment.Status.values)
        assert 55 <= states.total() <= 80
        assert Comment.objects.filter(level=3).exists()

    def test_are_as_the_door_would_have_written_them(self, demo):
        for comment in Comment.objects.select_related("page"):
            comment.clean_fields(exclude=["user_name", "comment", "text_html"])
            assert comment.text_html == to_html(comment.comment)
            assert comment.submit_date > comment.page.first_published_at

    def test_answer_what_could_be_read_by_then(self, demo):
        by_path = {comment.path: comment for comment in Comment.objects.all()}
        for comment in by_path.values():
            if parent := by_path.get(comment.parent_path):
                assert parent.decided_at < comment.submit_date, comment

    def test_are_refused_with_a_reason(self, demo):
        refused = Comment.objects.filter(status__in=["rejected", "removed"])

        for comment in refused:
            act = comment.acts.get()
            assert act.reason
            assert act.explanation

    def test_of_the_last_days_are_news(self, demo):
        recent = timezone.now() - dt.timedelta(days=3)

        assert Comment.objects.visible().filter(decided_at__gt=recent).count() >= 5

    def test_of_a_member_are_linked_to_the_account(self, demo):
        assert Comment.objects.filter(user__username="lid").count() >= 3

    def test_show_who_speaks_for_the_site_a_post_or_an_organisation(self, demo, client):
        marked = BlogPage.objects.get(slug="bewoners-meten-en-dan").get_url()
        answered = BlogPage.objects.get(slug="een-winter-lang-snuffelen").get_url()
        tool = ToolPage.objects.get(slug="lokaal-meten").get_url()

        assert "schreef dit bericht" in badges(client, marked)
        assert "redactie" in badges(client, answered)
        assert "Stichting Meetlust" in badges(client, tool)

    def test_are_appreciated_some_more_than_others_by_the_count_of_their_rows(self, demo):
        shown = Comment.objects.visible().annotate(rows=Count("appreciations"))

        numbers = {comment.appreciation for comment in shown}
        assert {0, 1, 2} < numbers
        assert all(comment.appreciation == comment.rows for comment in shown)

    def test_deleted_by_their_writer_keep_nothing(self, demo):
        deleted = Comment.objects.get(status="deleted_by_author")

        assert (deleted.comment, deleted.user_name, deleted.user_email) == ("", "", "")


class TestSubscribers:
    def test_are_of_every_state_and_frequency(self, demo):
        seen = set(Subscription.objects.values_list("state", "frequency"))

        assert seen == {
            (state, frequency)
            for state in Subscription.State.values
            for frequency in Subscription.Frequency.values
        }

    def test_are_not_due_yet(self, demo):
        assert not Subscription.objects.due(timezone.now()).exists()


class TestWhatReadersSee:
    @pytest.mark.parametrize(
        "path",
        [
            *["/", "/blog/", "/hulpmiddelen/", "/over/", *OWED],
            *["/en/", "/en/blog/", "/en/tools/", "/en/about/", *[f"/en{path}" for path in OWED]],
        ],
    )
    def test_every_main_page_is_there(self, demo, client, path):
        assert client.get(path).status_code == 200

    def test_every_post_and_tool_can_be_read(self, demo, client):
        for page in Page.objects.filter(depth=4):
            assert escape(page.title) in text_of(client.get(page.url)), page

    @pytest.mark.parametrize("path", ["/over/", "/privacy/", "/en/about/", "/en/privacy/"])
    def test_it_says_that_it_is_made_up(self, demo, client, path):
        shown = text_of(client.get(path))

        assert "verzonnen" in shown or "made up" in shown
