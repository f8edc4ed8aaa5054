"""Browsers that their owner asked us to remember."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Device(models.Model):
    """A browser whose owner has proven an address. Only a hash of its secret is kept.

    Without an address and a secret it is one that was forgotten and that had
    appreciated something: who it was nobody knows any more.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("email address"))
    created_at = models.DateTimeField(_("remembered"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("forgotten"), null=True, blank=True)

    class Meta:
        verbose_name = _("remembered device")
        verbose_name_plural = _("remembered devices")

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}"
