"""Lists in the Wagtail admin that show rows and change none."""

from collections.abc import Collection

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model, QuerySet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy


class LookingPolicy(ModelPermissionPolicy):
    """Lets people with the right do what ``actions`` names, and nobody anything else."""

    def __init__(self, model: type[Model], *, actions: Collection[str] = ("view",)) -> None:
        super().__init__(model)
        self.actions = frozenset(actions)

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        return action in self.actions and super().user_has_permission(user, action)

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet:
        return super().users_with_any_permission(self.actions & set(actions))


class LookingViewSet(ModelViewSet):
    """A list and a page for each row. The model needs a registered `LookingPolicy`."""

    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    form_fields: list[str] = []
    list_per_page = 50
