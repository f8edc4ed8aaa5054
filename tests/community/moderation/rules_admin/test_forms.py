import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone

from community.comments.models import BlockRule
from core import networks
from tests import factories
from tests.community.moderation.rules_admin.filling import HOSTILE, LIST, NEW, filled, look, save
from tests.html import text_of

pytestmark = pytest.mark.django_db


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

    def test_tells_what_was_done_without_running_it(self, desk):
        response = save(desk, reason="<img src=x onerror=alert(1)>")

        assert "<img src=x" not in response.content.decode()

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

    def test_about_a_network_shows_what_came_from_it_as_long_as_that_is_kept(self, desk):
        now = timezone.now()
        sender = RequestFactory().get("/", REMOTE_ADDR="203.0.113.9")
        key = networks.key(sender, day=now.date())
        factories.comment(network_key=key, at=now, text="Koop nu")
        factories.comment(at=now, text="Van elders")

        response, proof = look(desk, kind="network", pattern="203.0.113.9/24")

        page = text_of(response)
        assert "In de laatste 2 dagen had deze regel 1 reactie tegengehouden." in page
        assert "Netwerken worden 2 dagen bewaard, dus dit kijkt terug over deze dagen." in page
        assert "Koop nu" in page
        assert "Van elders" not in page
        assert "alleen dat ze uit" not in page
        desk.post(NEW, filled(kind="network", pattern="203.0.113.9/24", gezien=proof))
        assert BlockRule.objects.get().pattern == "203.0.113.0/24"

    def test_about_one_address_says_that_its_network_is_counted(self, desk):
        page = text_of(look(desk, kind="network", pattern="203.0.113.9")[0])

        assert "weten we alleen dat ze uit 203.0.113.0/24 kwam" in page

    def test_about_a_very_wide_network_says_that_it_cannot_look_back(self, desk):
        response, proof = look(desk, kind="network", pattern="2001:db8::/32")

        assert "te groot om op terug te kijken" in text_of(response)
        assert proof

    def test_shows_readers_words_as_words(self, desk):
        factories.comment(text="`<img src=x onerror=alert(1)>` in het casino", name="<b>Bo</b>")

        page = look(desk)[0].content.decode()

        assert "<img src=x" not in page
        assert "<b>Bo</b>" not in page
