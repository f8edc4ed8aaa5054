import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from community.comments.models import Comment
from tests import factories

pytestmark = pytest.mark.both

appeared = import_module("community.comments.migrations.0004_fill_appeared_at")


@pytest.mark.django_db
class TestFillAppearedAt:
    def test_takes_what_was_decided_or_what_was_told_before(self):
        now = timezone.now()
        told = now - dt.timedelta(days=2)
        page = factories.BlogPageFactory()
        placed, placed_again, held = (
            factories.comment(page, at=now, status=status)
            for status in ("approved", "approved", "removed")
        )
        Comment.objects.update(appeared_at=None)
        Comment.objects.filter(pk=placed_again.pk).update(announced_at=told)

        appeared.fill_appeared_at(apps, None)
        appeared.fill_appeared_at(apps, None)

        moments = dict(Comment.objects.values_list("pk", "appeared_at"))
        assert moments == {placed.pk: now, placed_again.pk: told, held.pk: None}
