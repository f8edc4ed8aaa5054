import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from home.roles import EDITORS, MODERATORS
from tests.factories import OrganisationFactory, ToolPageFactory, ToolUseFactory, UserFactory
from tests.html import text_of
from tools import uses
from tools.models import ToolPage, ToolUse
from tools.vocabulary import Experience

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
ADD = reverse("wagtailsnippets_tools_tooluse:add")
LIST = reverse("wagtailsnippets_tools_tooluse:list")


@pytest.fixture
def editor(db):
    return _one_of(EDITORS)


@pytest.fixture
def moderator(db):
    return _one_of(MODERATORS)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


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


def sent(use: ToolUse | None = None, **changes) -> dict:
    """What the form sends."""
    tool = use.tool_id if use else ToolPageFactory().pk
    organisation = use.organisation_id if use else OrganisationFactory().pk
    return {
        "tool": tool,
        "organisation": organisation,
        "since_year": "2024",
        "experience": "werkt",
        "note": "Wij leerden ervan.",
        "link": "",
        **changes,
    }


def edit(client, use: ToolUse, **changes):
    address = reverse("wagtailsnippets_tools_tooluse:edit", args=[use.pk])
    return client.post(address, sent(use, **changes))


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


@pytest.mark.once
@pytest.mark.usefixtures("site")
class TestTheScreen:
    def test_writes_down_a_use_that_waits(self, desk):
        desk.post(ADD, sent(note="Net begonnen."))

        use = ToolUse.objects.get()
        assert (use.note, use.since_year, use.verified_at) == ("Net begonnen.", 2024, None)

    def test_verifies_by_a_box(self, desk, editor):
        use = ToolUseFactory(waiting=True)

        edit(desk, use, is_verified="on")

        use.refresh_from_db()
        assert use.verified_by == editor
        assert use.appeared_at == use.verified_at is not None

    def test_withdraws_by_the_same_box(self, desk):
        use = ToolUseFactory()

        edit(desk, use)

        use.refresh_from_db()
        assert use.verified_at is None
        assert use.appeared_at is not None

    def test_keeps_who_verified_when_something_else_changes(self, desk, editor):
        use = ToolUseFactory(verified_by=UserFactory())

        edit(desk, use, is_verified="on", note="Beter gezegd.")

        changed = ToolUse.objects.get()
        assert changed.note == "Beter gezegd."
        assert (changed.verified_by, changed.verified_at) == (use.verified_by, use.verified_at)

    def test_offers_the_box_only_to_who_may_verify(self, client, editor):
        Group.objects.get(name=EDITORS).permissions.filter(codename="verify_tooluse").delete()
        client.force_login(editor)
        use = ToolUseFactory(waiting=True)

        edit(client, use, is_verified="on")

        use.refresh_from_db()
        assert use.verified_at is None
        assert use.note == "Wij leerden ervan."

    def test_writes_it_down_at_the_original_of_a_translation(self, desk):
        tool = ToolPageFactory()

        desk.post(ADD, sent(tool=in_english(tool).pk))

        assert ToolUse.objects.get().tool == tool

    def test_refuses_the_same_organisation_twice_by_way_of_a_translation(self, desk):
        use = ToolUseFactory()

        response = desk.post(ADD, sent(use, tool=in_english(use.tool).pk))

        assert "Deze organisatie heeft al laten weten" in text_of(response)
        assert ToolUse.objects.count() == 1

    @pytest.mark.parametrize(
        "change",
        [
            {"since_year": "2100"},
            {"since_year": "12"},
            {"since_year": "-1"},
            {"since_year": "99999999999"},
            {"since_year": "\u0661x"},
            {"experience": "fijn"},
            {"note": "x" * 501},
            {"note": "\x00"},
            {"link": "http://example.org/"},
            {"tool": "0"},
            {"organisation": "99999999999999999999"},
        ],
    )
    def test_answers_odd_values_with_the_form(self, desk, change):
        response = desk.post(ADD, sent(**change))

        assert response.status_code == 200
        assert not ToolUse.objects.exists()

    def test_lists_ten_for_as_many_queries_as_one(self, desk, count_queries):
        ToolUseFactory()
        once = count_queries(lambda: desk.get(LIST))
        for _ in range(9):
            ToolUseFactory()

        assert count_queries(lambda: desk.get(LIST)) == once
