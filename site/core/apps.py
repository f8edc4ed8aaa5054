from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Shared parts")

    def ready(self) -> None:
        """Let no picture on a page tell where it was taken."""
        from core import metadata

        metadata.leave_out()
