"""R14: a token opens the one door that it was made for, and no other.

A new address with a token fails here until `tests.config.world` has a token for it.
"""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from community.comments import devices, own
from tests import factories
from tests.config.doors import Answer, Door, Knock, doors
from tests.config.world import World
from tests.standing import stands

BY_TOKEN = [door for door in doors() if door.route.endswith("<str:token>/")]
SAME = [{"comments:confirm", "comments:ask_again"}]  # one link, and what follows when it is old
METHODS = ("GET", "HEAD", "POST")
SESSION = {"django_session"}


_world = stands(World)


@pytest.fixture
def world(_world: World, db) -> World:
    return _world


@pytest.fixture
def tokens(world) -> dict[str, str]:
    """Every kind of token that we hand out, by the name of its door."""
    kinds = {door.name: str(world.key(door.name, "token")) for door in BY_TOKEN}
    return {**kinds, "own": own.key(world.comment)}


def belongs(kind: str, door: Door) -> bool:
    return kind == door.name or any({kind, door.name} <= same for same in SAME)


def is_shut(answer: Answer) -> bool:
    return answer.status in {404, 405, 410} and not answer.written - SESSION


class TestATokenInAnAddress:
    def test_is_of_a_kind_of_its_own_for_every_door(self, tokens):
        assert len(BY_TOKEN) >= 5
        assert len(set(tokens.values())) == len(tokens)
        assert "geen-token" not in tokens.values()

    def test_opens_the_door_that_it_was_made_for(self, world, tokens):
        stranger = Knock(None)

        for door in BY_TOKEN:
            answers = [stranger.on(door.path(world), method) for method in ("GET", "POST")]
            assert {200} & {answer.status for answer in answers}, door.name

    @pytest.mark.long
    @pytest.mark.parametrize("door", BY_TOKEN, ids=lambda door: door.name)
    def test_opens_no_other_door(self, world, tokens, door):
        own_token, stranger = tokens[door.name], Knock(None)

        for kind, token in tokens.items():
            if belongs(kind, door):
                continue
            path = door.path(world).replace(own_token, token)
            assert token in path
            for method in METHODS:
                answer = stranger.on(path, method)
                assert is_shut(answer), (kind, method, answer)


class TestATokenAsAKey:
    """The word in the address or the form by which writers manage a comment."""

    @pytest.mark.long
    def test_of_another_kind_or_another_comment_opens_nothing(self, world, tokens):
        other = factories.comment(world.page)
        del tokens["own"]
        tokens["another comment"] = own.key(other)
        names = ("state", "edit", "delete", "object")
        stranger = Knock(None)

        for kind, token in tokens.items():
            for name in names:
                path = reverse(f"own:{name}", args=[world.comment.public_id])
                for method in METHODS:
                    answer = stranger.on(f"{path}?{own.FIELD}={token}", method)
                    assert is_shut(answer), (kind, name, method)


class TestATokenAsADevice:
    def test_is_no_device(self, world, tokens):
        for token in tokens.values():
            request = RequestFactory().get("/")
            request.COOKIES[devices.COOKIE] = token
            assert devices.of(request) is None
