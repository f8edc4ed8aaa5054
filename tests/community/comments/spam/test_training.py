from datetime import timedelta

import pytest
from django.utils import timezone

from community.comments.models import SpamLesson, SpamModel
from community.comments.spam import scoring, training
from tests import spam

pytestmark = pytest.mark.django_db

SPAM = "Gratis geld verdienen? Klik hier: https://snel.example/geld"


def decisions(count: int) -> list[tuple[str, bool]]:
    """Return that many good comments and as many about a spam of this site's own."""
    places = [f"{one}{two}dorp" for one in "bdfhk" for two in "aeiouy"][:count]
    good = [(f"Hoe ging de proef in {place}?", False) for place in places]
    return good + [(f"Pannenkoeken in zaal {place}, kom eten", True) for place in places]


class TestLearnFromExamples:
    def test_makes_a_version_that_judges_from_then_on(self):
        now = timezone.now()

        model, _learned = training.learn_from_examples(spam.texts(), now=now)

        assert (model.ham, model.spam, model.source) == (25, 25, "file")
        assert model.trained_at == now
        assert scoring.state() == model
        assert scoring.score(SPAM).held

    def test_leaves_what_was_known_behind(self):
        spam.train()

        training.learn_from_examples(decisions(20), now=timezone.now())

        assert scoring.score("Pannenkoeken in zaal 3").held
        assert not scoring.score("Bekijk mijn webshop voor korting").held

    def test_keeps_ten_versions(self):
        versions = [spam.train().version for _ in range(12)]

        kept = SpamModel.objects.newest_first().values_list("version", flat=True)
        assert list(kept) == versions[:1:-1]

    def test_keeps_no_text(self):
        spam.train()

        assert b"verdienen" not in bytes(SpamModel.objects.get().weights)


class TestLearnFromDecisions:
    def test_needs_twenty_of_each_kind(self):
        few = decisions(20)[1:]

        assert training.learn_from_decisions(few, now=timezone.now()) is None
        assert scoring.state() is None

    def test_makes_a_version_of_its_own(self):
        model = training.learn_from_decisions(decisions(20), now=timezone.now())

        assert (model.source, model.ham, model.spam) == ("decisions", 20, 20)
        assert scoring.score("Pannenkoeken in zaal 99").held
        assert not scoring.score("Hoe ging de proef?").held

    def test_adds_to_what_the_last_file_taught(self):
        spam.train()

        training.learn_from_decisions(decisions(20), now=timezone.now())

        assert scoring.score(SPAM).held
        assert scoring.score("Pannenkoeken in zaal 99").held

    def test_remembers_the_last_file_however_many_nights_ago_it_was(self):
        of_file = spam.train().version
        for night in range(11):
            more = decisions(20 + night)
            training.learn_from_decisions(more, now=timezone.now() + timedelta(days=night))

        assert SpamModel.objects.count() == training.KEPT_VERSIONS + 1
        assert SpamModel.objects.filter(version=of_file).exists()
        assert scoring.score(SPAM).held

    def test_makes_no_version_of_what_was_learned_before(self):
        first = training.learn_from_decisions(decisions(20), now=timezone.now())

        second = training.learn_from_decisions(decisions(20), now=timezone.now())

        assert first == second
        assert SpamModel.objects.count() == 1

    def test_learns_from_spam_that_is_gone(self):
        now = timezone.now()
        for text, _is_spam in decisions(20)[20:]:
            training.keep_lesson(text, decided_at=now)

        model = training.learn_from_decisions(decisions(20)[:20], now=now)

        assert model.spam == 20
        assert scoring.score("Pannenkoeken in zaal 99").held


class TestLessons:
    def test_hold_no_word_of_the_text_and_nothing_else(self):
        training.keep_lesson("Pannenkoeken", decided_at=timezone.now())

        row = SpamLesson.objects.values().get()
        assert set(row) == {"id", "decided_at", "features"}
        assert b"annenkoek" not in bytes(row["features"])

    def test_are_forgotten_after_a_year(self):
        now = timezone.now()
        for days in (366, 364):
            training.keep_lesson("Pannenkoeken", decided_at=now - timedelta(days=days))

        assert training.forget_lessons(now=now) == 1
        assert SpamLesson.objects.get().decided_at > now - timedelta(days=365)
