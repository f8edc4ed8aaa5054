import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Locale

from home.roles import EDITORS, MODERATORS
from tests.factories import ToolPageFactory, ToolUseFactory, UserFactory
from tests.html import text_of
from tools import uses
from tools.models import ToolPage
from tools.vocabulary import Experience

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
def editor(db):
    return _one_of(EDITORS)


@pytest.fixture
def moderator(db):
    return _one_of(MODERATORS)


def _one_of(group: str):
    user = UserFactory()
    user.groups.add(Group.objects.get(name=group))
    return user


def in_english(tool: ToolPage, *, live=True) -> ToolPage:
    english = Locale.objects.get_or_create(language_code="en")[0]
    page = tool.copy_for_translation(english, copy_parents=True)
    page.title, page.live = "In English", live
    page.save()
    return page


@pytest.mark.usefixtures("site")
class TestVerify:
    def test_lets_everyone_read_it(self, client, editor):
        use = ToolUseFactory(waiting=True, note="Nu op elke kruising.")
        before = text_of(client.get(use.tool.get_url()))

        uses.verify(use, by=editor)

        assert "Nu op elke kruising." not in before
        shown = text_of(client.get(use.tool.get_url()))
        assert "Nu op elke kruising." in shown
        assert use.organisation.name in shown

    def test_twice_is_harmless(self, editor, moderator):
        use = ToolUseFactory(waiting=True)
        with time_machine.travel(NOW, tick=False):
            uses.verify(use, by=editor)

        uses.verify(use, by=editor)

        assert (use.verified_at, use.appeared_at, use.verified_by) == (NOW, NOW, editor)

    def test_after_a_withdrawal_keeps_when_it_appeared_first(self, editor):
        use = ToolUseFactory(waiting=True)
        with time_machine.travel(NOW, tick=False):
            uses.verify(use, by=editor)
        uses.withdraw(use, by=editor)

        uses.verify(use, by=editor)

        assert use.appeared_at == NOW
        assert use.verified_at > NOW

    def test_is_refused_to_who_may_not(self, moderator):
        use = ToolUseFactory(waiting=True)

        with pytest.raises(PermissionDenied):
            uses.verify(use, by=moderator)

        use.refresh_from_db()
        assert use.verified_at is None


@pytest.mark.usefixtures("site")
class TestWithdraw:
    def test_takes_it_from_the_page(self, client, editor):
        use = ToolUseFactory(note="Nu op elke kruising.")

        uses.withdraw(use, by=editor)

        assert "Nu op elke kruising." not in text_of(client.get(use.tool.get_url()))

    def test_is_refused_to_who_may_not(self, moderator):
        use = ToolUseFactory()

        with pytest.raises(PermissionDenied):
            uses.withdraw(use, by=moderator)


@pytest.mark.django_db
class TestAUse:
    def test_is_told_once_for_each_organisation(self):
        use = ToolUseFactory()

        with pytest.raises(IntegrityError), transaction.atomic():
            ToolUseFactory(tool=use.tool, organisation=use.organisation)

    def test_that_is_verified_has_appeared(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            ToolUseFactory(verified_at=timezone.now(), appeared_at=None)

    @pytest.mark.parametrize(
        "link", ["http://example.org/", "javascript:alert(1)", "ftp://example.org/", "example"]
    )
    def test_links_to_nothing_but_https(self, link):
        with pytest.raises(ValidationError):
            ToolUseFactory.build(link=link).clean_fields(exclude=["tool", "organisation"])


@pytest.mark.usefixtures("site")
class TestTheToolPage:
    def test_names_who_uses_it_how_it_goes_and_since_when(self, client):
        use = ToolUseFactory(
            experience=Experience.PARTLY, since_year=2024, link="https://example.org/zo"
        )

        shown = text_of(client.get(use.tool.get_url()))

        for words in [use.organisation.name, use.note, "Werkt deels", "sinds 2024"]:
            assert words in shown
        assert 'href="https://example.org/zo"' in shown

    def test_says_what_to_do_when_nobody_uses_it(self, client):
        shown = text_of(client.get(ToolPageFactory().get_url()))

        assert "Nog geen organisatie heeft laten weten" in shown
        assert 'href="#reacties"' in shown

    def test_points_at_no_conversation_where_there_is_none(self, client):
        shown = text_of(client.get(ToolPageFactory(comments_mode="off").get_url()))

        assert "Nog geen organisatie heeft laten weten" in shown
        assert 'href="#reacties"' not in shown

    def test_escapes_what_organisations_say(self, client):
        use = ToolUseFactory(note="<script>alert(1)</script>", organisation__name="<b>Stad</b>")

        shown = text_of(client.get(use.tool.get_url()))

        assert "<script>alert(1)" not in shown
        assert "<b>Stad</b>" not in shown

    def test_shows_it_in_every_language_and_marks_the_words(self, client):
        use = ToolUseFactory(note="Een Nederlandse zin.")
        page = in_english(use.tool)

        shown = text_of(client.get(page.get_url()))

        assert 'class="prose" lang="nl"><p>Een Nederlandse zin.</p>' in shown
        assert "Works well" in shown

    def test_costs_as_many_queries_with_ten_uses_as_with_one(self, client, count_queries):
        tool = ToolUseFactory().tool
        once = count_queries(lambda: client.get(tool.get_url()))
        for _ in range(9):
            ToolUseFactory(tool=tool)

        assert count_queries(lambda: client.get(tool.get_url())) == once
        assert once <= 12


class TestTheCard:
    def test_counts_who_uses_it_for_real(self, client, tool_index):
        tool = ToolUseFactory().tool
        ToolUseFactory(tool=tool, experience=Experience.PARTLY)
        ToolUseFactory(tool=tool, experience=Experience.TRIAL)
        ToolUseFactory(tool=tool, experience=Experience.STOPPED)
        ToolUseFactory(tool=tool, waiting=True)

        assert "2 organisaties gebruiken dit" in text_of(client.get(tool_index.url))

    def test_is_silent_about_nobody(self, client, tool_index):
        ToolUseFactory(waiting=True)

        assert "gebruik" not in text_of(client.get(tool_index.url)).split("<main")[1]

    def test_counts_alike_in_every_language(self, client, tool_index):
        page = in_english(ToolUseFactory().tool)

        shown = text_of(client.get(page.get_parent().get_url()))

        assert "1 organisation uses this" in shown

    def test_costs_no_query(self, client, tool_index, count_queries):
        ToolUseFactory()
        once = count_queries(lambda: client.get(tool_index.url))
        for _ in range(9):
            ToolUseFactory()

        assert count_queries(lambda: client.get(tool_index.url)) == once
        assert once <= 12
