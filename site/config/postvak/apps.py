from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PostvakConfig(AppConfig):
    name = "config.postvak"
    verbose_name = _("Mailbox of the demo")
