from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DigestsConfig(AppConfig):
    name = "community.digests"
    verbose_name = _("Digests")

    def ready(self) -> None:
        """Let the outbox ask about digests before they leave."""
        from community.digests import recalling
        from community.subscriptions.subscriptions import DIGEST
        from mail import checking

        checking.register(DIGEST, recalling)
