"""What editors tell each other about a comment."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.comments.models import Comment


class Handling(models.Model):
    """Who looks at a comment, and whether a second opinion is asked for."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="handling")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    second_opinion_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("second opinion asked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    second_opinion_at = models.DateTimeField(_("second opinion asked"), null=True, blank=True)

    class Meta:
        verbose_name = _("handling")
        verbose_name_plural = _("handlings")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.comment_id)


class Note(models.Model):
    """A word of one editor to the others; readers and writers never see it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("when"))
    text = models.TextField(_("note"), max_length=2000)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.text[:50]
