"""Who someone is, and what that one may: allauth's ways in, and permissions in one query."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import Model, Q

from users.models import User


class Backend(AuthenticationBackend):
    """Looks up a user's own permissions and those of the groups together.

    Django asks for them in two queries, on every page of the admin.
    """

    def get_all_permissions(self, user_obj: User, obj: Model | None = None) -> set[str]:
        """Return the permissions of an active user as ``app.codename``; one query, then kept."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        kept: set[str] | None = getattr(user_obj, "_perm_cache", None)  # Django's own name
        if kept is None:
            kept = self._look_up(user_obj)
            setattr(user_obj, "_perm_cache", kept)  # noqa: B010
        return kept

    def _look_up(self, user: User) -> set[str]:
        found = Permission.objects.all()
        if not user.is_superuser:
            found = found.filter(Q(user=user) | Q(group__user=user))
        names = found.order_by().values_list("content_type__app_label", "codename").distinct()
        return {f"{app}.{codename}" for app, codename in names}
