"""R1: every address × every role × GET and POST; refused unless `matrix` lets someone in."""

import re
from collections.abc import Iterator

import pytest

from tests.config.doors import Answer, Door, Knock, doors
from tests.config.matrix import FOR_READERS
from tests.config.matrix_admin import FOR_STAFF
from tests.config.world import ROLES, World

pytestmark = pytest.mark.once

METHODS = ("GET", "POST")
# Wagtail's own views that fail on a form that no browser sends; nobody else gets to them.
TRIPS_ON_EMPTY_FORMS = {
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_pages:add",
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:revisions_revert",
    "wagtailredirects:process_import",
    "wagtailsnippetchoosers_blog_author:create",
    "wagtailsnippetchoosers_blog_chain:create",
    "wagtailsnippetchoosers_core_organisation:create",
    "wagtailsnippetchoosers_moderation_reason:create",
    "wagtailsnippetchoosers_tools_tooluse:create",
}
# What Wagtail notes down when someone looks: who edits now, and sizes of pictures.
NOTED_BY_WAGTAIL = {
    "core_rendition",
    "wagtailadmin_editingsession",
    "wagtailcore_pagesubscription",
    "wagtailusers_userprofile",
}
NOTED_ON_GET = {
    # An account that an administrator made gets its address when its owner looks at it.
    "account_email": {"account_emailaddress"},
    # What the passkey has to answer.
    "mfa_add_webauthn": {"django_session"},
    "mfa_reauthenticate_webauthn": {"django_session"},
}
SESSION = {"django_session"}


def allowed() -> dict[tuple[str, str], frozenset[str]]:
    """Return who may enter: (name, method) → roles. A name twice is a mistake."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for table in (FOR_READERS, FOR_STAFF):
        for roles, names in table.items():
            for method, name in re.findall(r"(?:(GET|POST) )?(\S+)", names):
                for each in [method] if method else METHODS:
                    assert (name, each) not in found, f"{each} {name} is listed twice."
                    found[name, each] = roles
    return found


@pytest.fixture
def listed() -> dict[tuple[str, str], frozenset[str]]:
    return allowed()


def knocks(world: World) -> Iterator[tuple[str, str, Door, Answer]]:
    """Let every role try every door, both ways."""
    for role in ROLES:
        knock = Knock(world.people.get(role))
        for method in METHODS:
            for door in doors():
                yield role, method, door, knock.on(door.path(world), method)


def is_unlawful(door: Door, method: str, answer: Answer) -> bool:
    """Return whether something was written down by a refusal, or by a GET."""
    if answer.is_refusal:
        return bool(answer.written - SESSION)
    noted = NOTED_BY_WAGTAIL if door.route.startswith("admin/") else NOTED_ON_GET.get(door.name)
    return method == "GET" and bool(answer.written - (noted or set()))


class TestTheMatrix:
    def test_lists_every_address_once(self, listed):
        there = {door.name for door in doors()}

        assert {name for name, _method in listed} == there
        assert set(listed) == {(name, method) for name in there for method in METHODS}


@pytest.mark.long
class TestEveryAddress:
    def test_opens_to_those_that_are_listed_and_to_nobody_else(self, db, listed):
        let_in, refused, failing, unlawful, through = {}, {}, {}, {}, set()

        for role, method, door, answer in knocks(World()):
            try_, may_enter = (role, method, door.name), role in listed[door.name, method]
            if not answer.is_refusal:
                through.add(door.name)
                if not may_enter:
                    let_in[try_] = answer
            elif may_enter and answer.status != 405:
                refused[try_] = answer
            trips = method == "POST" and may_enter and door.name in TRIPS_ON_EMPTY_FORMS
            if answer.status >= 500 and not trips:
                failing[try_] = answer
            if is_unlawful(door, method, answer):
                unlawful[try_] = answer

        assert let_in == {}
        assert refused == {}
        assert failing == {}
        assert unlawful == {}
        # A door that never opens, for want of something behind it, would prove nothing.
        assert through == {name for (name, _method), roles in listed.items() if roles}
