from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "community.members"
    verbose_name = _("Members")

    def ready(self) -> None:
        """Listen to allauth."""
        from community.members import receivers  # noqa: F401
