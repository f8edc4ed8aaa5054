from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from community.comments import unnaming
from community.comments.models import BlockRule, Comment
from tests import factories
from tests.community.moderation.rules_admin.filling import HOSTILE, NEW, filled, look, save
from tests.html import text_of

pytestmark = pytest.mark.django_db


class TestMakingARuleFromAComment:
    def test_offers_its_words_domains_writer_and_network(self, desk):
        comment = factories.comment(
            text="Zie https://www.speel.example/nu", email="noor@post.example", network_key="a" * 32
        )
        Comment.objects.update(submit_date=timezone.now())

        page = text_of(desk.get(NEW, {"reactie": str(comment.public_id), "soort": "domain"}))

        assert 'value="speel.example"' in page
        assert "n…r@post.example" in page
        assert "noor@post.example" not in page
        assert "soort=network" in page

    def test_about_its_writer_keeps_no_address(self, desk):
        comment = factories.comment(email="noor@post.example")

        save(desk, kind="address", pattern="", reactie=str(comment.public_id))

        rule = BlockRule.objects.get()
        assert rule.pattern == "n…r@post.example"
        assert len(rule.key) == 32

    def test_about_its_writer_shows_all_of_theirs_in_the_preview(self, desk):
        comment = factories.comment(email="noor@post.example", text="Van mij")
        factories.comment(text="Van een ander")

        response, _ = look(desk, kind="address", pattern="", reactie=str(comment.public_id))

        assert "Van mij" in text_of(response)
        assert "Van een ander" not in text_of(response)

    def test_about_its_network_ends_at_midnight(self, desk):
        sent = datetime(2026, 11, 20, 12, tzinfo=UTC)
        with time_machine.travel(sent):
            desk.force_login(factories.UserFactory(moderator=True))
            comment = factories.comment(network_key="a" * 32, at=sent)

            save(desk, kind="network", pattern="", reactie=str(comment.public_id))

        rule = BlockRule.objects.get()
        assert (rule.key, rule.pattern) == ("a" * 32, "")
        assert rule.until == datetime(2026, 11, 21, tzinfo=UTC)

    @pytest.mark.parametrize("key", ["", "a" * 32])
    def test_about_a_network_that_is_forgotten_says_so(self, desk, key):
        at = timezone.now() - timedelta(days=1)
        comment = factories.comment(network_key=key, at=at)

        response = desk.post(
            NEW, filled(kind="network", pattern="", reactie=str(comment.public_id))
        )

        assert response.status_code == 422
        assert "niet meer te herkennen" in text_of(response)

    @pytest.mark.parametrize("value", [*HOSTILE, "1" * 32])
    def test_ignores_what_is_no_comment(self, desk, value):
        address = {"reactie": value, "soort": value, "patroon": value}

        assert desk.get(NEW, address).status_code == 200

    def test_of_a_writer_who_left_offers_no_address(self, desk):
        comment = factories.comment()
        unnaming.unname(comment)

        page = text_of(desk.get(NEW, {"reactie": str(comment.public_id), "soort": "address"}))

        assert "soort=address" not in page
