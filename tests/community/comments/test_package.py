"""What the comments package does by itself, and must not do here."""

import hashlib
import re

import pytest
import time_machine
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django_comments.signals import comment_was_posted
from django_comments_xtd.models import TmpXtdComment
from wagtail.models import Page

from community.comments.models import Comment
from mail.models import Message
from tests import factories
from tests.writers import SAME_ORIGIN

NOOR = "noor@example.org"


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


class TestItsReceivers:
    def test_hear_of_no_comment_that_is_posted(self):
        assert not comment_was_posted.has_listeners(TmpXtdComment)

    def test_mail_nobody_when_one_is(self, post):
        tmp = TmpXtdComment({"user_email": NOOR, "content_object": post})

        comment_was_posted.send(sender=TmpXtdComment, comment=tmp, request=None)

        assert not Message.objects.exists()

    def test_publish_nothing_when_a_comment_is_saved(self, post):
        parent = factories.comment(post)
        reply = factories.comment(post, parent=parent, status="pending")

        parent.save()

        reply.refresh_from_db()
        assert (reply.status, reply.is_public) == ("pending", False)


class TestAPageOfNoKindInParticular:
    def section(self, page) -> str:
        template = Template("{% load comments %}{% comments page %}")
        return template.render(Context({"page": page, "request": RequestFactory().get("/")}))

    def test_shows_its_comments(self, post):
        factories.comment(post, text="Wel te lezen")

        assert "Wel te lezen" in self.section(Page.objects.get(pk=post.pk))

    def test_that_has_none_shows_nothing(self, db):
        page = factories.StandardPageFactory()

        assert self.section(Page.objects.get(pk=page.pk)).strip() == ""


class TestAForm:
    def test_that_is_older_than_two_hours_still_works(self, post, client, site):
        with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
            form = client.get(post.url).content.decode()
        assert not re.search("timestamp|security_hash|csrfmiddlewaretoken", form)

        with time_machine.travel("2026-03-03T12:00:00Z", tick=False):
            response = client.post(
                reverse("comments:post", args=[post.pk]),
                {"name": "Noor", "email": NOOR, "comment": "Lang over nagedacht"},
                headers=SAME_ORIGIN,
            )

        assert response.status_code == 303
        assert Comment.objects.get().comment == "Lang over nagedacht"


class TestAnAddress:
    @pytest.fixture
    def outputs(self, post, client, site) -> dict[str, str]:
        """All that shows a comment by Noor, to readers and to editors."""
        comment = factories.comment(post, email=NOOR, name="Noor")
        factories.comment(post, parent=comment, email=NOOR, name="Noor")
        places = [
            post.url,
            "/",
            reverse("comments:replies", args=[comment.public_id]),
            reverse("comments:appreciate", args=[comment.public_id]),
            reverse("comments:feed"),
            reverse("comments:page_feed", args=[post.pk]),
        ]
        found = {place: client.get(place).content.decode() for place in places}
        client.force_login(factories.UserFactory(is_superuser=True))
        desk = f"{reverse('moderation:desk')}?staat=approved"
        return found | {desk: client.get(desk).content.decode()}

    def test_is_asked_of_no_gravatar(self, outputs):
        hashes = [function(NOOR.encode()).hexdigest() for function in (hashlib.md5, hashlib.sha256)]

        for place, output in outputs.items():
            assert "Noor" in output, place
            assert "gravatar" not in output.lower(), place
            assert not any(word in output for word in hashes), place
