import pytest
from django.contrib.auth.models import Group

from home import roles

pytestmark = pytest.mark.both


def codenames(group: str) -> set[str]:
    return set(Group.objects.get(name=group).permissions.values_list("codename", flat=True))


class TestAFreshDatabase:
    def test_has_the_four_roles(self, db):
        assert codenames(roles.MODERATORS) == {"access_admin", "can_moderate"}
        assert codenames(roles.AUTHORS) == {"access_admin"}
        assert {"can_moderate", "change_reason", "change_chain"} <= codenames(roles.EDITORS)
        assert codenames(roles.EDITORS) | {"add_user"} <= codenames(roles.ADMINISTRATORS)

    def test_lets_nobody_delete_a_reason(self, db):
        for group in (roles.EDITORS, roles.ADMINISTRATORS):
            assert "delete_reason" not in codenames(group)

    def test_has_what_the_roles_promise_without_pages(self, db):
        before = {group.name: codenames(group.name) for group in Group.objects.all()}

        roles.ensure_roles()

        for name in (roles.EDITORS, roles.MODERATORS, roles.AUTHORS, roles.ADMINISTRATORS):
            assert codenames(name) == before[name]
