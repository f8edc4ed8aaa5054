"""What this site remembers of the places that its content came from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """One thing of another site that was brought in here, so that it is never brought in twice.

    Holds no personal data: only which number the thing had there and has here.
    The row stays when the thing itself is deleted here, and so it does not come back.
    """

    class Kind(models.TextChoices):
        POST = "post", _("post")
        PAGE = "page", _("page")
        AUTHOR = "author", _("author")
        COMMENT = "comment", _("comment")
        PICTURE = "picture", _("image")

    site = models.CharField(_("site"), max_length=200, help_text=_("Its host and folder."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    external_id = models.CharField(_("number there"), max_length=255)
    object_id = models.PositiveBigIntegerField(_("number here"))

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["site", "kind", "external_id"], name="source_unique")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.external_id} ({self.site})"
