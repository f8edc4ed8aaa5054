"""The outbox: one row per message, written in the transaction of what caused it."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

# The last word of the kinds that forms send: "comments.confirm", "subscriptions.already".
FORM_KINDS = ("confirm", "already", "code", "reset", "unknown", "receipt")
BY_FORMS = models.Q()
for _word in FORM_KINDS:
    BY_FORMS |= models.Q(kind__endswith=f".{_word}")
_HAS_WORDS = ~models.Q(subject="", text="", html="")
_WAITING = ("queued", "deferred")


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> Self:
        """Messages to send at ``now``, oldest first: waiting ones, and those whose sender died."""
        undone = [*_WAITING, Message.State.SENDING]
        return self.unsent().filter(state__in=undone, due_at__lte=now).order_by("due_at", "pk")

    def unsent(self) -> Self:
        """Messages that have not left: of the many that are kept, those in a small index."""
        return self.filter(sent_at__isnull=True)

    def ready(self, now: datetime) -> Self:
        """Messages that wait and may be sent at ``now``, oldest first."""
        return self.unsent().waiting().filter(due_at__lte=now).order_by("due_at", "pk")

    def abandoned(self, now: datetime) -> Self:
        """Messages whose sender died."""
        held = self.unsent().filter(state=Message.State.SENDING, due_at__lte=now)
        return held.order_by("due_at", "pk")

    def waiting(self) -> Self:
        """Messages that have not left and that nobody is sending."""
        return self.filter(state__in=_WAITING)

    def done(self) -> Self:
        """Messages that will not be sent, again or at all."""
        undone = [Message.State.QUEUED, Message.State.DEFERRED, Message.State.SENDING]
        return self.exclude(state__in=undone)

    def can_be_requeued(self) -> Self:
        """Messages that wait or that did not arrive, and that can still be sent."""
        states = [*_WAITING, "failed", "suppressed"]
        return self.worded().filter(state__in=states)

    def worded(self) -> Self:
        """Messages whose words are still there."""
        return self.filter(_HAS_WORDS)

    def to_address(self, address: str) -> Self:
        """Messages for ``address``, whichever way its letters were typed."""
        return self.alias(lowered=Lower("to")).filter(lowered=address.strip().lower())


class Batch(models.Model):
    """Mails that one sender holds, which it sends in the order of their keys.

    ``watermark`` is the key of the last one that the server took. The row is there
    while the sender is at work; who takes over from a dead one deletes it.
    """

    watermark = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("batch of mails")
        verbose_name_plural = _("batches of mails")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk} → {self.watermark}"


class Message(models.Model):
    """One mail for one address.

    ``due_at`` is when the message may be sent, or, while it is being sent, when
    its sender is taken to have died (the lease). ``attempts`` grows with every
    claim, so it also tells whose lease it is: see `mail.states`. ``network_key``
    is the network whose form asked for it, for two days (`core.networks`). ``about``
    names what the words came from ("comment:" and its id), so that they can be
    taken back with it.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        DEFERRED = "deferred", _("to be tried again")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        SUPPRESSED = "suppressed", _("not sent: the address asked us not to")
        CANCELLED = "cancelled", _("cancelled")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=60, db_index=True)
    to = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("plain text"))
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    network_key = models.CharField(max_length=32, blank=True, editable=False)
    about = models.CharField(max_length=64, blank=True, default="", db_default="", editable=False)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due"))
    created_at = models.DateTimeField(_("written"), auto_now_add=True, db_index=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    batch = models.ForeignKey(
        Batch,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="messages",
        db_index=False,
    )
    error = models.TextField(_("what the mail server said"), blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        permissions = [("see_addresses", _("Can see the addresses that mail goes to"))]
        ordering = ["-pk"]
        indexes = [
            models.Index(name="mail_message_about", fields=["about"]),
            models.Index(
                name="mail_message_batch",
                fields=["batch"],
                condition=models.Q(batch__isnull=False),
            ),
            models.Index(
                name="mail_message_network",
                fields=["network_key", "created_at"],
                condition=~models.Q(network_key=""),
            ),
            models.Index(name="mail_message_worded", fields=["created_at"], condition=_HAS_WORDS),
            models.Index(name="mail_message_by_form", fields=["due_at"], condition=BY_FORMS),
            # Not by state: SQLite uses a partial index only where it sees no parameter.
            models.Index(
                name="mail_message_unsent",
                fields=["due_at", "state"],
                condition=models.Q(sent_at__isnull=True),
            ),
            models.Index(Lower("to"), "created_at", name="mail_message_address"),
        ]
        constraints = [
            models.CheckConstraint(
                name="mail_message_sent_has_moment",
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_by_form(self) -> bool:
        """Whether a form made us write it, for an address that may be anyone's."""
        return self.kind.rpartition(".")[2] in FORM_KINDS


class MonthlyCount(models.Model):
    """How many mails of a kind were written in a month and ended in a state.

    What stays of messages that are no longer kept. ``month`` is its first day.
    """

    month = models.DateField(_("month"))
    kind = models.CharField(_("kind"), max_length=60)
    state = models.CharField(_("state"), max_length=12, choices=Message.State.choices)
    count = models.PositiveIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("mails in a month")
        verbose_name_plural = _("mails in a month")
        ordering = ["-month", "kind", "state"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "kind", "state"], name="mail_monthly_count_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.kind}: {self.count}"


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
