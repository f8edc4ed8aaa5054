"""The screen on which editors write down who uses a tool."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Locale

from home.roles import EDITORS
from tests.factories import OrganisationFactory, ToolPageFactory, ToolUseFactory, UserFactory
from tests.html import text_of
from tools.models import ToolPage, ToolUse

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("site")]

ADD = reverse("wagtailsnippets_tools_tooluse:add")
LIST = reverse("wagtailsnippets_tools_tooluse:list")


@pytest.fixture
def editor(db):
    user = UserFactory()
    user.groups.add(Group.objects.get(name=EDITORS))
    return user


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


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
