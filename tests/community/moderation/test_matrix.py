"""Every address under ``/admin/reacties/`` × role × method: what is not listed here fails."""

import uuid
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from community.comments.models import Comment
from community.moderation import log
from community.moderation.models import (
    Act,
    Case,
    FiguresPage,
    Note,
    Objection,
    Reason,
    Reminder,
)
from home import roles
from home.setup import ensure_site
from tests import factories
from tests.standing import stands
from users.models import User

pytestmark = pytest.mark.once

PREFIX = "admin/reacties/"
STRANGER, MEMBER, ADMIN = "stranger", "member", "superuser"
MODERATE = {roles.MODERATORS, roles.EDITORS, roles.ADMINISTRATORS, ADMIN}
REASONS = {roles.EDITORS, roles.ADMINISTRATORS, ADMIN}
OWN = {roles.AUTHORS}
ROLES = [STRANGER, MEMBER, roles.AUTHORS, *sorted(MODERATE)]

# name of the address: who may get it, who may post to it. Nobody else, and no other method.
RIGHTS = {
    "moderation:desk": (MODERATE, set()),
    "moderation:dossier": (MODERATE, MODERATE),
    "moderation:decide": (MODERATE, MODERATE),
    "moderation:together": (set(), MODERATE),
    "moderation:together_do": (set(), MODERATE),
    "moderation:undo": (set(), MODERATE),
    "moderation:undo_together": (set(), MODERATE),
    "moderation:judge": (set(), MODERATE),
    "moderation:keep": (set(), MODERATE),
    "rules:index": (MODERATE, set()),
    "rules:add": (MODERATE, MODERATE),
    "rules:edit": (MODERATE, MODERATE),
    "rules:end": (MODERATE, MODERATE),
    "rules:delete": (MODERATE, MODERATE),
    "rules:writer": (MODERATE, MODERATE),
    "moderation:assign": (set(), MODERATE),
    "moderation:note": (set(), MODERATE),
    "moderation:second_opinion": (set(), MODERATE),
    "moderation:text": (MODERATE, MODERATE),
    "moderation:reminders": (MODERATE, MODERATE),
    "moderation:log": (MODERATE, set()),
    "moderation:log_csv": (MODERATE, set()),
    "moderation:log_json": (MODERATE, set()),
    "moderation:figures": (MODERATE, REASONS),
    "moderation:own_posts": (OWN, set()),
    "moderation:own_posts_answer": (set(), OWN),
    "moderation:own_posts_hold": (set(), OWN),
    **{f"wagtailsnippets_moderation_reason:{name}": (REASONS, REASONS) for name in ("add", "edit")},
    **{
        f"wagtailsnippets_moderation_reason:{name}": (REASONS, set())
        for name in ("list", "list_results", "history", "history_results", "usage")
    },
    "wagtailsnippets_moderation_reason:delete": (set(), set()),
}
DENIED = {302, 403, 404, 405}
DONE = f"/{PREFIX}"  # where a form of the desk leads to: a redirect that denies nothing


def addresses(resolver: URLResolver, above: str = "", space: str = "") -> Iterator[tuple]:
    """Yield name and route of each address below ``/admin/reacties/``."""
    for pattern in resolver.url_patterns:
        route = above + str(pattern.pattern)
        if not (PREFIX.startswith(route) or route.startswith(PREFIX)):
            continue
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, route, inner)
        elif isinstance(pattern, URLPattern) and route.startswith(PREFIX):
            yield f"{space}{pattern.name}", route


def of_this_room() -> dict[str, str]:
    return dict(addresses(get_resolver()))


_whole_site = stands(ensure_site)


@pytest.fixture
def world(_whole_site, db):
    author = factories.AuthorFactory(user=factories.UserFactory())
    post = factories.BlogPageFactory(author=author)
    comment = factories.comment(post, status="pending")
    disputed = factories.comment(post, status="rejected")
    objection = Objection.objects.create(
        comment=disputed, text="Niet mee eens", language="nl", at=timezone.now()
    )
    return {
        "author": author,
        "comment": comment,
        "reason": Reason.objects.first(),
        "rule": factories.BlockRuleFactory(),
        "objection": objection,
        "case": Case.objects.create(comment=comment, opened_at=timezone.now()),
    }


def log_in(client, role: str, world) -> None:
    if role == STRANGER:
        return
    user = factories.UserFactory(is_superuser=role == ADMIN)
    if role == roles.AUTHORS:
        user = world["author"].user
    if role not in {MEMBER, ADMIN}:
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)


def path_of(route: str, world, client) -> str:
    kind = "rule" if "regels/" in route else "reason"
    if "<int:act_id>" in route:
        route = route.replace("<int:act_id>", str(own_act(client, world)))
    return "/" + (
        route.replace("<int:objection_id>", str(world["objection"].pk))
        .replace("<int:case_id>", str(world["case"].pk))
        .replace("<uuid:public_id>", str(world["comment"].public_id))
        .replace("<str:pk>", str(world[kind].pk))
        .replace("<int:pk>", str(world[kind].pk))
    )


def is_done(response) -> bool:
    """Whether a form was taken, or found in a dossier: both lead back into the desk."""
    return response.status_code == 302 and response.url.startswith(DONE)


def own_act(client, world) -> int:
    """Return the key of something that whoever is logged in decided, and may undo."""
    who = client.session.get("_auth_user_id")
    user = User.objects.filter(pk=who).first() if who else None
    return log.write(
        kind=log.Kind.DECIDED,
        by=user,
        comment=world["comment"],
        from_status="approved",
        to_status="pending",
    ).pk


def state() -> list:
    counts = [
        model.objects.count() for model in (Act, Note, FiguresPage, Reason, Reminder, Comment)
    ]
    return [*counts, *Comment.objects.values_list("status", "comment")]


class TestEveryAddress:
    def test_is_listed_here(self):
        assert set(of_this_room()) == set(RIGHTS)

    @pytest.mark.parametrize("role", ROLES)
    def test_by_get_is_open_to_whom_it_is_for_and_changes_nothing(self, client, world, role):
        log_in(client, role, world)
        paths = {name: path_of(route, world, client) for name, route in of_this_room().items()}
        before = state()

        for name, path in paths.items():
            response = client.get(path)

            is_open = response.status_code not in DENIED or is_done(response)
            assert is_open == (role in RIGHTS[name][0]), (name, role, response.status_code)
        assert state() == before

    @pytest.mark.parametrize("role", ROLES)
    def test_by_post_is_open_to_whom_it_is_for(self, client, world, role):
        log_in(client, role, world)
        for name, route in of_this_room().items():
            response = client.post(path_of(route, world, client))

            is_open = response.status_code not in DENIED or is_done(response)
            assert is_open == (role in RIGHTS[name][1]), (name, role, response.status_code)

    @pytest.mark.long
    @pytest.mark.parametrize("role", ROLES)
    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_takes_no_other_method(self, client, world, role, method):
        log_in(client, role, world)
        paths = {name: path_of(route, world, client) for name, route in of_this_room().items()}
        before = state()
        for name, path in paths.items():
            response = getattr(client, method)(path)

            is_form = method == "put" and role in RIGHTS[name][1]  # to Wagtail the same as POST
            assert response.status_code in DENIED or is_form, (name, method, role)
        assert state() == before

    @pytest.mark.parametrize("role", [STRANGER, MEMBER, roles.AUTHORS])
    def test_of_an_unknown_comment_tells_no_more_than_of_a_known_one(self, client, world, role):
        log_in(client, role, world)
        known, unknown = str(world["comment"].public_id), str(uuid.uuid4())
        for route in of_this_room().values():
            if "<uuid:public_id>" not in route or "mijn-berichten" in route:
                continue
            path = path_of(route, world, client)

            answers = [client.post(path), client.post(path.replace(known, unknown))]

            assert len({answer.status_code for answer in answers}) == 1, path
