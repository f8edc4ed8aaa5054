from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone

from blog.models import BlogPage
from core import finding
from core.models.conversations import CommentsMode, ModerationMode
from tests import factories

pytestmark = pytest.mark.both


def section(**changes):
    """Change what the section of posts says."""
    index = factories.the_blog_index()
    for name, value in changes.items():
        setattr(index, name, value)
    index.save()
    return index


def rules(**page):
    post = factories.BlogPageFactory(**page)
    return type(post).objects.get(pk=post.pk).conversation_rules


@pytest.mark.django_db
class TestConversationRules:
    @pytest.mark.parametrize("mode", [CommentsMode.OPEN, CommentsMode.CLOSED, CommentsMode.OFF])
    def test_come_from_the_section(self, mode):
        section(comments_mode=mode)

        assert rules().mode == mode

    @pytest.mark.parametrize("mode", [CommentsMode.OPEN, CommentsMode.CLOSED, CommentsMode.OFF])
    def test_come_with_the_page_where_it_is_found_by_its_key(self, mode, django_assert_num_queries):
        index = section(comments_mode=mode, comments_days=30, moderation_mode="first")
        found = finding.by_pk(factories.BlogPageFactory(parent=index).pk)

        with django_assert_num_queries(0):
            rules = found.conversation_rules

        assert (rules.mode, rules.moderation) == (mode, "first")

    @pytest.mark.parametrize("mode", [CommentsMode.OPEN, CommentsMode.CLOSED, CommentsMode.OFF])
    def test_of_the_page_win(self, mode):
        section(comments_mode=CommentsMode.OFF)

        assert rules(comments_mode=mode).mode == mode

    def test_close_after_the_days_of_the_page_or_else_the_section(self):
        section(comments_days=30)
        published = timezone.now()

        by_section = rules(first_published_at=published)
        by_page = rules(first_published_at=published, comments_days=7)

        assert by_section.closes_at == published + timedelta(days=30)
        assert by_page.closes_at == published + timedelta(days=7)

    def test_never_close_by_themselves_where_the_page_says_zero_days(self):
        section(comments_days=30)

        assert rules(first_published_at=timezone.now(), comments_days=0).closes_at is None

    def test_never_close_by_themselves_where_the_section_says_zero_days(self):
        section(comments_days=0)

        assert rules(first_published_at=timezone.now()).closes_at is None

    def test_never_close_by_themselves_without_days(self):
        assert rules(first_published_at=timezone.now()).closes_at is None

    def test_hold_everything_back_unless_the_section_says_otherwise(self):
        assert rules().moderation == ModerationMode.ALL
        section(moderation_mode=ModerationMode.NONE)
        assert rules().moderation == ModerationMode.NONE

    def test_shut_and_hide_only_when_they_say_so(self):
        now = timezone.now()

        assert [rules(comments_mode=mode).is_open(now) for mode in ("open", "closed", "off")] == [
            True,
            False,
            False,
        ]
        assert [rules(comments_mode=mode).is_shown for mode in ("open", "closed", "off")] == [
            True,
            True,
            False,
        ]


@pytest.mark.django_db
class TestTheDaysOfAPage:
    @pytest.fixture
    def field(self):
        return BlogPage._meta.get_field("comments_days").formfield()

    @pytest.mark.parametrize(("typed", "days"), [("", None), ("0", 0), ("7", 7)])
    def test_are_empty_or_a_number_from_zero(self, field, typed, days):
        assert field.clean(typed) == days

    @pytest.mark.parametrize("typed", ["-1", "x", "1.5", "99999999", "\x00"])
    def test_are_nothing_else(self, field, typed):
        with pytest.raises(ValidationError):
            BlogPage._meta.get_field("comments_days").run_validators(field.clean(typed))

    def test_say_what_zero_means(self, field):
        assert "0: nooit" in str(field.help_text)

    @pytest.mark.parametrize(
        ("name", "factory"),
        [
            ("blog.migrations.0006_comments_days_zero", factories.BlogPageFactory),
            ("tools.migrations.0003_comments_days_zero", factories.ToolPageFactory),
        ],
    )
    def test_of_before_go_on_to_mean_what_the_section_says(self, name, factory):
        pages = [factory(comments_days=days) for days in (0, 7, None)]

        import_module(name).empty_zero_days(apps, None)

        found = [type(page).objects.get(pk=page.pk).comments_days for page in pages]
        assert found == [None, 7, None]
