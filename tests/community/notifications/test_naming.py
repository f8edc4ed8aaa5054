"""Mails about a decision never name a page that was made private meanwhile."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from community.comments.models import Comment
from community.moderation import bulk, decisions, editing_by_editor, objections
from community.moderation.sightings import Seen
from mail.models import Message
from tests import factories
from tests.factories import UserFactory

TITLE = "Besloten overleg"


@pytest.fixture
def post(db):
    return factories.BlogPageFactory(title=TITLE)


@pytest.fixture
def by(db):
    return UserFactory(moderator=True)


def unpublish(page) -> None:
    page.unpublish()


def ask_to_log_in(page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def ask_a_password(page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")


def hide_the_section(page) -> None:
    restriction = PageViewRestriction.objects.create(
        page=page.get_parent(), restriction_type="groups"
    )
    restriction.groups.add(Group.objects.create(name="Kernteam"))


HIDDEN = [unpublish, ask_to_log_in, ask_a_password, hide_the_section]


def everything() -> str:
    return "".join(mail.subject + mail.text + mail.html for mail in Message.objects.all())


def decide(comment: Comment, by, what: str) -> None:
    now = timezone.now()
    if what == "approved":
        decisions.approve(comment, by=by)
    elif what == "approved_at_the_desk":
        decisions.approve(decisions.with_signs().get(pk=comment.pk), by=by)
    elif what == "approved_together":
        bulk.approve([Seen.of(comment)], by=by, now=now)
    elif what == "refused":
        decisions.reject(comment, by=by, reason="offensive")
    elif what == "edited":
        editing_by_editor.edit(comment, by=by, text="Anders", note="Waarom", now=now)
    else:
        decisions.reject(comment, by=by, reason="offensive")
        objection = objections.object_to(comment, text="Toch", language="nl", now=now)
        objections.deny(objection, by=by, answer="Nee", now=now)


DECISIONS = [
    "approved",
    "approved_at_the_desk",
    "approved_together",
    "refused",
    "edited",
    "objection",
]


@pytest.mark.parametrize("what", DECISIONS)
class TestADecision:
    @pytest.mark.parametrize("hide", HIDDEN)
    def test_does_not_name_a_page_that_is_hidden(self, post, by, what, hide):
        comment = factories.comment(post, status="pending")
        hide(post)

        decide(comment, by, what)

        assert Message.objects.exists()
        assert TITLE not in everything()
        assert "een pagina die niet openbaar is" in everything()

    def test_does_not_name_an_alias_of_a_page_that_is_hidden(self, post, by, what):
        comment = factories.comment(post.create_alias(update_slug="elders"), status="pending")
        ask_to_log_in(post)

        decide(comment, by, what)

        assert Message.objects.exists()
        assert TITLE not in everything()

    def test_names_the_page_that_everyone_may_read(self, post, by, what):
        decide(factories.comment(post, status="pending"), by, what)

        assert TITLE in everything()


class TestAMember:
    @pytest.mark.parametrize(
        ("hide", "is_named"),
        [(ask_to_log_in, True), (ask_a_password, False), (hide_the_section, False)],
    )
    def test_reads_the_name_of_what_that_one_may_read(self, post, by, hide, is_named):
        comment = factories.comment(post, status="pending", user=UserFactory())
        hide(post)

        decisions.approve(comment, by=by)

        assert (TITLE in everything()) == is_named


class TestWhoNoticed:
    @pytest.mark.parametrize("hide", HIDDEN)
    def test_is_not_told_the_name_of_a_page_that_is_hidden(self, post, by, hide):
        comment = factories.comment(post)
        factories.notice(comment)
        Message.objects.all().delete()
        hide(post)

        decisions.reject(comment, by=by, reason="offensive")

        assert Message.objects.filter(kind="moderation.decided").count() == 1
        assert TITLE not in everything()


class TestCost:
    def test_of_an_act_at_the_desk_is_no_query(self, post, by):
        comment = factories.comment(post, status="pending")
        signed = decisions.with_signs().get(pk=comment.pk)

        with CaptureQueriesContext(connection) as asked:
            decisions.approve(signed, by=by)

        assert not [query for query in asked if "restriction" in query["sql"]]
        assert not [query for query in asked if "silence" in query["sql"]]
