"""Who does not want which kind of notification."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.notifications.models.kinds import Kind


class Silence(models.Model):
    """That a member (``user``), or an address, gets no mails of one kind.

    Of an address only a keyed hash is kept. Without a row there are mails.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="silences",
    )
    address_key = models.CharField(max_length=32, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("silence")
        verbose_name_plural = _("silences")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="silence_of_one",
                condition=models.Q(user__isnull=False, address_key="")
                | (models.Q(user__isnull=True) & ~models.Q(address_key="")),
            ),
            models.UniqueConstraint(name="silence_once_a_member", fields=["user", "kind"]),
            models.UniqueConstraint(
                name="silence_once_an_address",
                fields=["address_key", "kind"],
                condition=~models.Q(address_key=""),
            ),
        ]

    def __str__(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def wish(self) -> str:
        """The words by which a link asks for it: the kind, and whose it is."""
        whose = f"u{self.user_id}" if self.user_id else f"a{self.address_key}"
        return f"{self.kind}-{whose}"
