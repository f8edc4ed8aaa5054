"""What a request leaves to a worker."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class BackgroundTaskQuerySet(models.QuerySet["BackgroundTask"]):
    def due(self, now: datetime) -> Self:
        """Tasks to run at ``now``, longest due first."""
        return self.filter(due_at__lte=now).order_by("due_at", "pk")


class BackgroundTask(models.Model):
    """One call of a function, written down in the transaction that wants it.

    ``path`` names the function and ``key`` the whole call, so that a call that is
    wanted ten times is made once. The row goes when the call was made.
    """

    key = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=200)
    args = models.JSONField(default=list, blank=True)
    kwargs = models.JSONField(default=dict, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BackgroundTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("background task")
        verbose_name_plural = _("background tasks")
        default_permissions = ()

    def __str__(self) -> str:
        return self.path
