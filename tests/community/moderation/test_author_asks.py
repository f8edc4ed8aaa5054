"""The author of a post asks editors to look, and the writer hears that it was so."""

import pytest
from django.utils import timezone

from community.moderation import decisions, own_posts
from mail.models import Message
from tests import factories


@pytest.fixture
def author(db):
    return factories.AuthorFactory(user=factories.UserFactory()).user


@pytest.fixture
def post(author):
    return factories.BlogPageFactory(author=author.author)


class TestAHoldByTheAuthor:
    def test_is_named_as_what_made_an_editor_look(self, author, post):
        comment = factories.comment(post, email="noor@example.org")
        own_posts.hold(comment, by=author, note="x", now=timezone.now())
        editor = factories.UserFactory(moderator=True)

        act = decisions.reject(
            decisions.with_signs().get(), by=editor, reason="other", now=timezone.now()
        )

        assert act.initiative == "author"
        mail = Message.objects.get(kind="notifications.refused")
        assert "omdat de auteur van het bericht daarom vroeg" in mail.text
        assert "omdat de auteur van het bericht daarom vroeg" in mail.html

    def test_that_is_over_is_not_named_any_more(self, author, post):
        comment = factories.comment(post)
        own_posts.hold(comment, by=author, note="x", now=timezone.now())
        editor = factories.UserFactory(moderator=True)
        decisions.approve(comment, by=editor)

        assert decisions.reject(comment, by=editor, reason="other").initiative == "editor"
