"""One sign of appreciation by one person for one comment."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.comments.models.comments import Comment
from community.comments.models.devices import Device


class Appreciation(models.Model):
    """A member or a remembered device that appreciates a comment. Who it was is never shown."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="appreciations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    device = models.ForeignKey(
        Device, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("appreciation")
        verbose_name_plural = _("appreciations")
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="appreciation_once_a_member"),
            models.UniqueConstraint(
                fields=["comment", "device"], name="appreciation_once_a_device"
            ),
            models.CheckConstraint(
                name="appreciation_by_one",
                condition=models.Q(user__isnull=False, device__isnull=True)
                | models.Q(user__isnull=True, device__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}"
