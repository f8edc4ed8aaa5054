"""What came back of mails, and the addresses that get none."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mail.models.messages import Message


class Bounce(models.Model):
    """What a mail server, or a reader through one, told us about a mail that had left.

    ``status`` is the server's code ("5.1.1"), without its words: addresses stand in those.
    """

    class Kind(models.TextChoices):
        HARD = "hard", _("the address does not exist")
        SOFT = "soft", _("could not be delivered")
        COMPLAINT = "complaint", _("the reader called our mail spam")
        OTHER = "other", _("something else")

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="bounces")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    status = models.CharField(_("code"), max_length=12, blank=True)
    created_at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("bounced mail")
        verbose_name_plural = _("bounced mails")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.status}".strip()


class Suppression(models.Model):
    """An address that gets no mail. Only its keyed hash is kept, and a ``hint`` for people."""

    class Reason(models.TextChoices):
        BOUNCE = "bounce", _("the address does not exist")
        UNREACHABLE = "unreachable", _("mail to it failed time and again")
        COMPLAINT = "complaint", _("the reader called our mail spam")
        MANUAL = "manual", _("put here by an editor")

    email_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(_("address"), max_length=120, blank=True, default="", db_default="")
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    note = models.CharField(_("note"), max_length=250, blank=True, default="", db_default="")
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.hint or self.email_hash[:12]
