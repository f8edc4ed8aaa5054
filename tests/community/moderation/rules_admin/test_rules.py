import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.comments.models import BlockRule, WriterTrust
from tests import factories
from tests.community.moderation.rules_admin.filling import HOSTILE, LIST, NEW, filled, look, save
from tests.html import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


class TestTheList:
    def test_says_when_there_is_no_rule(self, desk):
        assert desk.get(LIST).status_code == 200

    def test_shows_what_each_rule_does_whose_it_is_and_how_often_it_was_hit(self, desk):
        rule = factories.BlockRuleFactory(pattern="casino", reason="Te veel reclame", hits=17)

        page = text_of(desk.get(LIST))

        for words in ["casino", "Te veel reclame", str(rule.owner), "17"]:
            assert words in page

    def test_keeps_ended_rules_apart(self, desk):
        factories.BlockRuleFactory(pattern="vandaag")
        factories.BlockRuleFactory(pattern="vroeger", ended=True)

        now, before = text_of(desk.get(LIST)), text_of(desk.get(LIST, {"staat": "beeindigd"}))

        assert ("vandaag" in now, "vroeger" in now) == (True, False)
        assert ("vandaag" in before, "vroeger" in before) == (False, True)

    def test_shows_fifty_at_a_time(self, desk):
        factories.BlockRuleFactory.create_batch(51, ended=True)

        first = desk.get(LIST, {"staat": "beeindigd"})
        second = desk.get(LIST, {"staat": "beeindigd", "p": "2"})

        assert "?staat=beeindigd&amp;p=2" in first.content.decode()
        assert second.content.decode().count('id="regel-') == 1

    def test_of_ten_costs_as_many_queries_as_of_one(self, desk, count_queries):
        factories.BlockRuleFactory()
        one = count_queries(lambda: desk.get(LIST))
        factories.BlockRuleFactory.create_batch(9)

        assert count_queries(lambda: desk.get(LIST)) == one

    @pytest.mark.parametrize("value", [*HOSTILE, "0", "-1", "2"])
    def test_answers_any_tab_and_any_page(self, desk, value):
        factories.BlockRuleFactory()

        assert desk.get(LIST, {"staat": value, "p": value}).status_code == 200

    def test_runs_nothing_of_what_a_rule_says(self, desk):
        factories.BlockRuleFactory(
            kind="phrase", pattern="<script>alert(1)</script>", reason="<b>x</b>"
        )

        page = desk.get(LIST).content.decode()

        assert "<script>alert" not in page
        assert "<b>x</b>" not in page


class TestChangingARule:
    def test_begins_with_what_it_is(self, desk):
        rule = factories.BlockRuleFactory(pattern="casino", reason="Te veel reclame")

        page = text_of(desk.get(f"{LIST}{rule.pk}/"))

        assert 'value="casino"' in page
        assert "Te veel reclame" in page

    def test_stores_it_after_the_preview(self, desk):
        rule = factories.BlockRuleFactory(pattern="casino", hits=3)
        path = f"{LIST}{rule.pk}/"

        look(desk, path, pattern="bonus")
        assert BlockRule.objects.get().pattern == "casino"
        save(desk, path, pattern="bonus")

        rule.refresh_from_db()
        assert (rule.pattern, rule.hits) == ("bonus", 3)

    def test_is_seen_anew_when_a_colleague_changed_it_meanwhile(self, desk):
        rule = factories.BlockRuleFactory(pattern="casino")
        path = f"{LIST}{rule.pk}/"
        _response, proof = look(desk, path, pattern="bonus")
        BlockRule.objects.update(stamp=rule.stamp // 2, reason="Anders")

        response = desk.post(path, filled(pattern="bonus", gezien=proof))

        assert "nog eens" in text_of(response)
        assert BlockRule.objects.get().pattern == "casino"

    def test_of_a_comment_keeps_what_it_looks_for(self, desk):
        rule = factories.BlockRuleFactory(
            kind="address", pattern="n…r@post.example", key="b" * 32, act="hold"
        )
        path = f"{LIST}{rule.pk}/"

        save(desk, path, kind="address", pattern="", act="spam")

        rule.refresh_from_db()
        assert (rule.pattern, rule.key, rule.act) == ("n…r@post.example", "b" * 32, "spam")

    @pytest.mark.parametrize("key", ["0", "999", str(2**63), "9" * 30])
    @pytest.mark.parametrize("act", ["", "beeindigen/", "verwijderen/"])
    def test_that_is_not_there_is_not_found(self, desk, key, act):
        assert desk.get(f"{LIST}{key}/{act}").status_code == 404


class TestEndingARule:
    def test_asks_first(self, desk):
        rule = factories.BlockRuleFactory(pattern="casino")

        response = desk.get(f"{LIST}{rule.pk}/beeindigen/")

        assert "casino" in text_of(response)
        assert BlockRule.objects.get().until is None

    def test_lets_it_do_nothing_and_keeps_it(self, desk):
        rule = factories.BlockRuleFactory()

        desk.post(f"{LIST}{rule.pk}/beeindigen/")

        assert not BlockRule.objects.get().is_active(timezone.now())


class TestDeletingARule:
    def test_asks_first(self, desk):
        rule = factories.BlockRuleFactory(pattern="casino", hits=7)

        response = desk.get(f"{LIST}{rule.pk}/verwijderen/")

        assert "7 keer" in text_of(response)
        assert BlockRule.objects.exists()

    def test_takes_it_away(self, desk):
        rule = factories.BlockRuleFactory()

        desk.post(f"{LIST}{rule.pk}/verwijderen/")

        assert not BlockRule.objects.exists()


def addresses() -> list[str]:
    rule, comment = factories.BlockRuleFactory(), factories.comment()
    return [
        LIST,
        NEW,
        f"{LIST}{rule.pk}/",
        f"{LIST}{rule.pk}/beeindigen/",
        f"{LIST}{rule.pk}/verwijderen/",
        reverse("rules:writer", args=[comment.public_id]),
    ]


class TestWhoMayCome:
    @pytest.mark.parametrize("may_see_admin", [False, True])
    def test_nobody_without_the_right_gets_in_or_changes_anything(self, client, may_see_admin):
        user = factories.UserFactory()
        if may_see_admin:
            user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(user)

        paths = addresses()
        for path in paths:
            for answer in (client.get(path), client.post(path, filled(level="waits"))):
                assert answer.status_code in {302, 403}
                assert answer.headers.get("Location") not in paths

        assert not WriterTrust.objects.exists()
        assert BlockRule.objects.get().until is None

    def test_a_stranger_is_sent_to_the_login(self, client):
        for path in addresses():
            assert "/admin/login/" in client.get(path).url

    def test_a_form_from_elsewhere_is_refused(self, editor):
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)

        for path in addresses():
            if path != LIST:
                assert client.post(path, filled(level="waits")).status_code == 403

        assert not WriterTrust.objects.exists()
