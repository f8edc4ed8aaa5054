import importlib

import pytest
from django.apps import apps

from community.subscriptions.models import TERMS, Agreement, Choice
from tests.factories import SubscriptionFactory

pytestmark = pytest.mark.both

fill = importlib.import_module("community.subscriptions.migrations.0003_fill_agreements")
choose = importlib.import_module("community.subscriptions.migrations.0005_choose_everything")


@pytest.mark.django_db
class TestFillAgreements:
    def test_writes_down_what_each_subscription_was_asked_for(self, monkeypatch):
        monkeypatch.setattr(fill, "BATCH", 2)
        made = [SubscriptionFactory(confirmed=True), SubscriptionFactory(ended=True)]
        made += SubscriptionFactory.create_batch(3)
        Agreement.objects.all().delete()

        fill.fill_agreements(apps, None)
        fill.fill_agreements(apps, None)

        found = Agreement.objects.order_by("subscription_id")
        assert [agreement.public_id for agreement in found] == [each.public_id for each in made]
        assert [agreement.confirmed_at for agreement in found] == [
            each.confirmed_at for each in made
        ]
        for agreement, each in zip(found, made, strict=True):
            assert agreement.terms == {name: getattr(each, name) for name in TERMS}


@pytest.mark.django_db
class TestChooseEverything:
    def test_is_what_was_confirmed_once_and_has_no_choice_yet(self, monkeypatch):
        monkeypatch.setattr(choose, "BATCH", 2)
        made = SubscriptionFactory.create_batch(4, confirmed=True, choices=[])
        SubscriptionFactory(choices=[])
        other = SubscriptionFactory(confirmed=True, choices=[("tag", "water")])

        choose.choose_everything(apps, None)
        choose.choose_everything(apps, None)

        chosen = Choice.objects.order_by("subscription_id").values_list("subscription", "kind")
        assert list(chosen) == [*((each.pk, "everything") for each in made), (other.pk, "tag")]
