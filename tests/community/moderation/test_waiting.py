import datetime as dt

import pytest
from django.utils import timezone

from community.moderation import waiting
from community.moderation.models import Act
from tests import factories
from tests.writers import ask, press


def decided(hours: float, *, days_ago: int = 1, from_status="pending") -> None:
    """Log a decision about a comment that had waited ``hours``."""
    at = timezone.now() - dt.timedelta(days=days_ago)
    comment = factories.comment(confirmed_at=at - dt.timedelta(hours=hours))
    Act.objects.create(comment=comment, from_status=from_status, to_status="approved", at=at)


class TestTheUsualWait:
    def test_is_that_of_the_comment_in_the_middle(self, db):
        for hours in (1, 2, 5, 90, 200):
            decided(hours)

        assert waiting.usual(now=timezone.now()) == dt.timedelta(hours=5)

    def test_is_not_told_after_fewer_than_five_decisions(self, db):
        for _ in range(4):
            decided(1)

        assert waiting.usual(now=timezone.now()) is None

    def test_leaves_out_what_is_older_than_four_weeks_and_what_did_not_wait(self, db):
        for _ in range(4):
            decided(1)
        decided(1, days_ago=29)
        decided(1, from_status="approved")

        assert waiting.usual(now=timezone.now()) is None

    def test_costs_one_query(self, db, django_assert_num_queries):
        for _ in range(6):
            decided(3)

        with django_assert_num_queries(1):
            waiting.usual(now=timezone.now())


class TestInWords:
    @pytest.mark.parametrize(
        ("hours", "words"),
        [
            (0, "binnen 1 uur"),
            (0.2, "binnen 1 uur"),
            (1, "binnen 1 uur"),
            (4.1, "binnen 5 uur"),
            (24, "binnen 24 uur"),
            (24.5, "binnen 2 dagen"),
            (49, "binnen 3 dagen"),
        ],
    )
    def test_rounds_up_to_what_people_say(self, hours, words):
        assert waiting.in_words(dt.timedelta(hours=hours)) == words


class TestTheUsualWaitOnPages:
    WORDS = "Meestal leest een redacteur een reactie binnen 5 uur."

    @pytest.fixture
    def figures(self, db):
        for _ in range(5):
            decided(4.5)

    @pytest.mark.parametrize(
        ("answer", "is_told"), [("wacht", True), ("bevestigen", True), ("geplaatst", False)]
    )
    def test_is_told_after_posting(self, client, figures, answer, is_told):
        page = factories.BlogPageFactory()

        said = client.get(f"/reacties/{page.pk}/verstuurd/?staat={answer}").content.decode()

        assert (self.WORDS in said) == is_told

    def test_is_told_after_confirming(self, client, figures):
        _, token = ask(factories.BlogPageFactory())

        assert self.WORDS in press(client, token).content.decode()

    def test_is_told_of_what_waits_in_the_list_of_a_member(self, client, figures):
        member = factories.UserFactory()
        client.force_login(member)
        factories.comment(user=member)
        assert self.WORDS not in client.get("/mijn/").content.decode()

        for _ in range(2):
            factories.comment(user=member, status="pending")

        assert client.get("/mijn/").content.decode().count(self.WORDS) == 2

    def test_costs_a_long_list_one_query(self, client, figures, count_queries):
        member = factories.UserFactory()
        client.force_login(member)
        factories.comment(user=member, status="pending")
        one = count_queries(lambda: client.get("/mijn/"))

        for _ in range(9):
            factories.comment(user=member, status="pending")

        assert count_queries(lambda: client.get("/mijn/")) == one

    def test_is_not_promised_without_figures(self, client, db):
        page = factories.BlogPageFactory()

        said = client.get(f"/reacties/{page.pk}/verstuurd/?staat=wacht").content.decode()

        assert "Meestal" not in said
