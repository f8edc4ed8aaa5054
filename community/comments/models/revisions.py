"""What a comment said before its writer changed it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.comments.models.comments import Comment


class Revision(models.Model):
    """An earlier text of a comment, for editors; ``replaced_at`` is when it stopped to hold."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="revisions")
    text = models.TextField(_("text"))
    replaced_at = models.DateTimeField(_("replaced"))

    class Meta:
        verbose_name = _("earlier text")
        verbose_name_plural = _("earlier texts")
        ordering = ["-replaced_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:50]
