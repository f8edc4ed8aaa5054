import pytest
from django.contrib.auth.models import Group, Permission

from tests import factories
from users.models import User

pytestmark = pytest.mark.both


@pytest.fixture
def permission(db) -> Permission:
    moderate = {"content_type__app_label": "django_comments", "codename": "can_moderate"}
    return Permission.objects.get(**moderate)


def again(user: User) -> User:
    """Return ``user`` without what was kept."""
    return User.objects.get(pk=user.pk)


class TestPermissions:
    def test_are_the_users_own_and_those_of_the_groups(self, permission):
        user = factories.UserFactory()
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        group = Group.objects.create(name="Groep")
        group.permissions.add(permission)
        user.groups.add(group)

        may = again(user)

        assert may.get_all_permissions() == {
            "django_comments.can_moderate",
            "wagtailadmin.access_admin",
        }
        assert may.has_perm("django_comments.can_moderate")

    def test_cost_one_query(self, permission, django_assert_num_queries):
        user = again(factories.UserFactory(moderator=True))

        with django_assert_num_queries(1):
            assert user.has_perm("django_comments.can_moderate")
            assert user.has_perm("wagtailadmin.access_admin")

    def test_are_none_for_who_has_left(self, permission):
        user = factories.UserFactory(moderator=True, is_active=False)

        assert not again(user).has_perm("django_comments.can_moderate")

    def test_are_all_for_a_superuser(self, permission):
        user = factories.UserFactory(is_superuser=True)

        assert again(user).has_perm("django_comments.can_moderate")
        assert "django_comments.can_moderate" in again(user).get_all_permissions()

    def test_are_not_about_one_thing(self, permission):
        user = factories.UserFactory(moderator=True)

        assert not again(user).has_perm("django_comments.can_moderate", permission)
