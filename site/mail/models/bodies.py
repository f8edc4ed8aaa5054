"""The words of a mail for many, kept once."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyQuerySet(models.QuerySet["Body"]):
    def unused(self) -> Self:
        """Bodies of which no copy has its words any more."""
        return self.filter(messages=None)


class Body(models.Model):
    """What all copies of one mail say, with a mark wherever each says something of its own.

    ``marks`` are the marks by the names of what they stand for (`mail.marking`). Written
    once and never changed; it goes when the last copy's words do.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.TextField(_("plain text"))
    html = models.TextField(_("HTML"), blank=True)
    marks = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True, db_index=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("words of a mail for many")
        verbose_name_plural = _("words of mails for many")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.key)
