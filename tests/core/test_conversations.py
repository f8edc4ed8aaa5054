from datetime import timedelta

import pytest
from django.utils import timezone

from core.models.conversations import CommentsMode, ModerationMode
from tests import factories


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
