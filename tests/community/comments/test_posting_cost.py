"""What it costs to take a comment in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.comments.models import Comment
from tests import factories, spam
from tests.community.comments.sending import Status, send
from tests.submissions import open_to

pytestmark = pytest.mark.both


class TestSendingAComment:
    """Beside savepoints and locks; what is kept between requests is warm."""

    def of_sending(self, client, post, **words) -> list[str]:
        """Return the queries of one comment, after another that was sent before it."""
        send(client, post, comment="Een eerste", email="eerder@example.org")
        with CaptureQueriesContext(connection) as queries:
            assert send(client, post, email="ander@example.org", **words).status_code == 303
        sql = [query["sql"] for query in queries]
        return [one for one in sql if "SAVEPOINT" not in one and "advisory" not in one]

    @pytest.fixture(params=["a comment", "an answer", "an answer to an answer"])
    def place(self, request, post):
        """Where a comment goes, as a field of the form."""
        spam.train()
        factories.BlockRuleFactory.create_batch(3)
        if request.param == "a comment":
            return {}
        root = factories.comment(post)
        is_deep = request.param == "an answer to an answer"
        answered = factories.comment(post, parent=root) if is_deep else root
        return {"reply_to": str(answered.public_id)}

    def test_costs_at_most_twelve_queries_for_a_stranger(self, post, client, place):
        assert len(self.of_sending(client, post, **place)) <= 12

    def test_costs_at_most_twelve_queries_for_a_member_who_waits(self, post, client, place):
        client.force_login(factories.UserFactory())

        assert len(self.of_sending(client, post, **place)) <= 12
        assert Comment.objects.latest("pk").status == Status.PENDING

    def test_costs_at_most_twelve_queries_for_a_member_who_is_placed(self, post, client, place):
        open_to(post, "none")
        client.force_login(factories.UserFactory())

        assert len(self.of_sending(client, post, **place)) <= 12
        assert Comment.objects.latest("pk").status == Status.APPROVED

    def test_costs_at_most_twelve_queries_for_a_moderator(self, post, client, place):
        client.force_login(factories.UserFactory(moderator=True))

        assert len(self.of_sending(client, post, **place)) <= 12
