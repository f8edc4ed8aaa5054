"""The short random links by which a writer without account confirms a comment."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.comments.models.comments import Comment

VALID_FOR = timedelta(hours=72)


class Confirmation(models.Model):
    """One confirmation link. Only a hash of its token is kept; it works once."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="confirmation")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")

    def __str__(self) -> str:
        return f"{self.comment_id} until {self.expires_at:%Y-%m-%d %H:%M}"
