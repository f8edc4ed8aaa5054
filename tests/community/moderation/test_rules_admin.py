import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.comments import unnaming
from community.comments.models import BlockRule, Comment, ModerationSettings, WriterTrust
from tests import factories
from tests.html import text_of

LIST, NEW = "/admin/reacties/regels/", "/admin/reacties/regels/nieuw/"
HOSTILE = ["", "\u0661", "\x00", "' or 1=1", "<script>", "9" * 30, "ï¿½", "🎰"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.UserFactory(moderator=True)


@pytest.fixture
def desk(client, editor) -> Client:
    client.force_login(editor)
    return client


def filled(**changes) -> dict[str, str]:
    """Return what an editor fills in about a good rule."""
    return {
        "kind": "word",
        "pattern": "casino",
        "act": "hold",
        "reason": "Reclame voor gokken",
        **changes,
    }


def look(desk: Client, path: str = NEW, **changes):
    """Ask for the preview; return its response and the proof that it was seen."""
    response = desk.post(path, filled(**changes))
    found = re.search('name="gezien" value="([^"]+)"', response.content.decode())
    return response, found[1] if found else ""


def save(desk: Client, path: str = NEW, **changes):
    """See what a rule would have caught, and save it."""
    _response, proof = look(desk, path, **changes)
    return desk.post(path, filled(gezien=proof, **changes), follow=True)


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


class TestMakingARule:
    def test_shows_first_what_it_would_have_caught_and_saves_nothing(self, desk):
        post = factories.BlogPageFactory()
        factories.comment(post, text="Kom naar het Casino van mijn oom")
        factories.comment(post, text="Weer dat casino", status="spam")

        response, proof = look(desk)

        page = response.content.decode()
        assert response.status_code == 200
        assert "<mark>Casino</mark> van mijn oom" in page
        assert "<mark>casino</mark>" in page
        assert "2 reacties" in text_of(response)
        assert proof
        assert not BlockRule.objects.exists()

    def test_saves_what_was_seen(self, desk, editor):
        response = save(desk, inside_compounds="on", act="spam")

        rule = BlockRule.objects.get()
        assert response.redirect_chain == [(LIST, 302)]
        assert (rule.kind, rule.pattern, rule.act) == ("word", "casino", "spam")
        assert rule.inside_compounds
        assert rule.owner == editor
        assert "Reclame voor gokken" in text_of(response)

    @pytest.mark.parametrize("proof", ["", "onzin", "a:b:c", "\x00"])
    def test_is_not_saved_without_its_preview(self, desk, proof):
        response = desk.post(NEW, filled(gezien=proof))

        assert response.status_code == 200
        assert not BlockRule.objects.exists()

    def test_is_not_saved_when_it_is_another_than_was_seen(self, desk):
        _response, proof = look(desk)

        for change in [{"pattern": "bonus"}, {"act": "spam"}, {"inside_compounds": "on"}]:
            desk.post(NEW, filled(gezien=proof, **change))

        assert not BlockRule.objects.exists()

    def test_is_not_saved_with_what_a_colleague_saw(self, desk):
        _response, proof = look(desk)
        colleague = Client()
        colleague.force_login(factories.UserFactory(moderator=True))

        colleague.post(NEW, filled(gezien=proof))

        assert not BlockRule.objects.exists()

    def test_is_not_saved_an_hour_later(self, desk):
        with time_machine.travel(timezone.now() - timedelta(minutes=61)):
            _response, proof = look(desk)

        response = desk.post(NEW, filled(gezien=proof))

        assert "nog eens" in text_of(response)
        assert not BlockRule.objects.exists()

    def test_can_be_changed_after_the_preview(self, desk):
        response = desk.post(NEW, filled(reason="Nog niet goed", terug="1"))

        assert "Nog niet goed" in response.content.decode()
        assert 'name="gezien"' not in response.content.decode()
        assert not BlockRule.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"pattern": "twee woorden"}, "één woord"),
            ({"pattern": ""}, "zoekt"),
            ({"kind": "expression", "pattern": "("}, "missing"),
            ({"kind": "expression", "pattern": "a*"}, "elke reactie"),
            ({"kind": "domain", "pattern": "estafette.example.org"}, "deze site zelf"),
            ({"kind": "network", "pattern": "0.0.0.0/0"}, "te groot"),
            ({"kind": "address", "pattern": "jan"}, "@"),
            ({"reason": ""}, "verplicht"),
            ({"reason": "\u0007 \u0008"}, "Schrijf op waarom"),
            ({"last_day": "2020-01-01"}, "vandaag"),
            ({"last_day": "9999-12-31"}, "vandaag"),
            ({"inside_compounds": "on", "pattern": "kan"}, "kort"),
        ],
    )
    def test_gives_the_form_back_with_a_message_beside_the_field(self, desk, changes, words):
        response = desk.post(NEW, filled(**changes))

        error = " ".join(re.findall(r'class="error-message">(.*?)</p>', text_of(response)))
        assert response.status_code == 422
        assert words in error
        assert not BlockRule.objects.exists()

    @pytest.mark.parametrize("name", ["kind", "pattern", "act", "reason", "last_day", "reactie"])
    @pytest.mark.parametrize("value", [*HOSTILE, "a" * 5000])
    def test_answers_anything(self, desk, name, value):
        response = desk.post(NEW, filled(**{name: value}))

        assert response.status_code in {200, 422}
        assert not BlockRule.objects.exists()

    def test_refuses_a_second_rule_for_the_same(self, desk):
        factories.BlockRuleFactory(pattern="casino", ended=True)

        response = desk.post(NEW, filled(pattern="Casino"))

        assert response.status_code == 422
        assert "al een regel" in text_of(response)

    def test_that_a_colleague_makes_meanwhile_says_so(self, desk):
        _response, proof = look(desk)
        factories.BlockRuleFactory(pattern="casino")

        response = desk.post(NEW, filled(gezien=proof))

        assert response.status_code == 422
        assert BlockRule.objects.count() == 1

    def test_holds_until_the_end_of_the_last_day(self, desk):
        day = timezone.localdate() + timedelta(days=7)

        save(desk, last_day=day.isoformat())

        until = timezone.localtime(BlockRule.objects.get().until)
        assert until.date() == day + timedelta(days=1)
        assert (until.hour, until.minute) == (0, 0)

    def test_about_a_network_says_that_there_is_nothing_to_look_back_at(self, desk):
        response, proof = look(desk, kind="network", pattern="203.0.113.9/24")

        assert "niet bewaard" in text_of(response)
        desk.post(NEW, filled(kind="network", pattern="203.0.113.9/24", gezien=proof))
        assert BlockRule.objects.get().pattern == "203.0.113.0/24"

    def test_shows_readers_words_as_words(self, desk):
        factories.comment(text="`<img src=x onerror=alert(1)>` in het casino", name="<b>Bo</b>")

        page = look(desk)[0].content.decode()

        assert "<img src=x" not in page
        assert "<b>Bo</b>" not in page


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


class TestTheWriter:
    @pytest.fixture
    def comment(self):
        post = factories.BlogPageFactory()
        for status in ["approved", "approved", "rejected"]:
            comment = factories.comment(post, email="noor@post.example", status=status)
        return comment

    def path(self, comment) -> str:
        return reverse("rules:writer", args=[comment.public_id])

    def test_stands_at_its_address(self, comment):
        assert self.path(comment) == f"/admin/reacties/schrijvers/{comment.public_id}/"

    def test_is_shown_with_what_became_of_earlier_comments(self, desk, comment):
        page = text_of(desk.get(self.path(comment)))

        assert comment.user_name in page
        assert "n…r@post.example" in page
        assert "noor@post.example" not in page
        assert re.search("goedgekeurd</dt> <dd[^>]*>2<", page)
        assert "is 1 reactie geweigerd" in page

    @pytest.mark.parametrize("level", ["trusted", "waits", "earned"])
    def test_is_trusted_or_not_with_a_reason(self, desk, editor, comment, level):
        response = desk.post(
            self.path(comment), {"level": level, "reason": "Ken ik al jaren"}, follow=True
        )

        word = WriterTrust.objects.get()
        assert (word.level, word.reason, word.by) == (level, "Ken ik al jaren", editor)
        assert word.writer_key == comment.writer_key
        assert "Ken ik al jaren" in text_of(response)

    def test_keeps_each_change_in_the_log(self, desk, comment):
        for level, reason in [("trusted", "Een collega"), ("waits", "Toch niet")]:
            desk.post(self.path(comment), {"level": level, "reason": reason})

        page = text_of(desk.get(self.path(comment)))

        log = page[page.index('id="logboek"') :]
        assert log.index("Toch niet") < log.index("Een collega")

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"level": "trusted"},
            {"level": "trusted", "reason": "  "},
            {"level": "koning", "reason": "x"},
            {"level": "\x00", "reason": "\x00"},
            {"level": "trusted", "reason": "x" * 501},
        ],
    )
    def test_is_not_changed_without_a_level_and_a_reason(self, desk, comment, data):
        response = desk.post(self.path(comment), data)

        assert response.status_code == 422
        assert not WriterTrust.objects.exists()

    def test_is_not_changed_by_looking(self, desk, comment):
        desk.get(self.path(comment), {"level": "trusted", "reason": "x"})

        assert not WriterTrust.objects.exists()

    def test_who_left_cannot_be_trusted(self, desk, comment):
        unnaming.unname(comment)

        assert desk.get(self.path(comment)).status_code == 410
        assert desk.post(self.path(comment), {"level": "trusted", "reason": "x"}).status_code == 410
        assert not WriterTrust.objects.exists()

    def test_of_an_unknown_comment_is_not_found(self, desk):
        unknown = "00000000-0000-0000-0000-000000000000"

        assert desk.get(f"/admin/reacties/schrijvers/{unknown}/").status_code == 404

    def test_with_ten_changes_costs_as_many_queries_as_with_one(
        self, desk, editor, comment, count_queries
    ):
        def add(number: int) -> None:
            for _ in range(number):
                WriterTrust.objects.create(
                    writer_key=comment.writer_key,
                    level="trusted",
                    reason="Daarom",
                    by=factories.UserFactory(),
                    at=timezone.now(),
                )

        add(1)
        one = count_queries(lambda: desk.get(self.path(comment)))
        add(9)

        assert count_queries(lambda: desk.get(self.path(comment))) == one


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


class TestTheSettings:
    def change(self, client: Client) -> None:
        path = "/admin/settings/comments/moderationsettings/"
        form = client.get(path, follow=True).redirect_chain[-1][0]
        client.post(form, {"trusted_after": "5", "goal_hours": "12", "notice_threshold": "3"})

    def test_are_for_who_may_change_them(self, client):
        user = factories.UserFactory(moderator=True)
        user.user_permissions.add(Permission.objects.get(codename="change_moderationsettings"))
        client.force_login(user)

        self.change(client)

        assert ModerationSettings.current().trusted_after == 5

    def test_are_not_for_a_moderator_alone(self, desk):
        self.change(desk)

        assert ModerationSettings.current().trusted_after == 2
