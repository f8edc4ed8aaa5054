from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "community.notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        """Listen to Wagtail; before its own receivers, of which one is taken the place of."""
        from community.notifications import receivers  # noqa: F401
