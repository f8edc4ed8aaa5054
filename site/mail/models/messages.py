"""The outbox: one row per message, written in the transaction of what caused it."""

import uuid
from datetime import datetime
from typing import Self, cast

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from mail import marking
from mail.models.bodies import Body

# The last word of the kinds that forms send: "comments.confirm", "subscriptions.already".
FORM_KINDS = ("confirm", "already", "code", "reset", "unknown", "receipt")
BY_FORMS = models.Q()
for _word in FORM_KINDS:
    BY_FORMS |= models.Q(kind__endswith=f".{_word}")
_HAS_WORDS = ~models.Q(subject="", own_text="", own_html="")
_WAITING = ("queued", "deferred")
_UNDONE = (*_WAITING, "sending")


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> Self:
        """Messages to send at ``now``, oldest first: waiting ones, and those whose sender died."""
        return self.unsent().undone().filter(due_at__lte=now).order_by("due_at", "pk")

    def unsent(self) -> Self:
        """Messages that have not left: of the many that are kept, those in a small index."""
        return self.filter(sent_at__isnull=True)

    def ready(self, now: datetime) -> Self:
        """Messages that wait and may be sent at ``now``, oldest first."""
        return self.unsent().waiting().filter(due_at__lte=now).order_by("due_at", "pk")

    def single(self) -> Self:
        """Messages that are no copies of a mail for many."""
        return self.filter(body__isnull=True)

    def abandoned(self, now: datetime) -> Self:
        """Messages whose sender died."""
        held = self.unsent().filter(state=Message.State.SENDING, due_at__lte=now)
        return held.order_by("due_at", "pk")

    def waiting(self) -> Self:
        """Messages that have not left and that nobody is sending."""
        return self.filter(state__in=_WAITING)

    def undone(self) -> Self:
        """Messages that are still to be sent, those in a sender's hands too."""
        return self.filter(state__in=_UNDONE)

    def done(self) -> Self:
        """Messages that will not be sent, again or at all."""
        return self.exclude(state__in=_UNDONE)

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
    is the network whose form asked for it, for two days (`core.networks`). ``lets_in``
    tells that its reader, who has proven the address, logs in with it: see `mail.limits`.
    ``about`` names what the words came from ("comment:" and its id), so that they can
    be taken back with it.

    A copy of a mail for many has its words in ``body``, and in ``own`` what fills the
    marks there; any other has them in ``own_text`` and ``own_html``. `text` and `html`
    are what it says either way.
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
    own_text = models.TextField(_("plain text"), blank=True, db_column="text")
    own_html = models.TextField(_("HTML"), blank=True, db_column="html")
    body = models.ForeignKey(
        Body, null=True, editable=False, on_delete=models.PROTECT, related_name="messages"
    )
    own = models.JSONField(default=dict, blank=True, db_default={}, editable=False)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    network_key = models.CharField(max_length=32, blank=True, editable=False)
    lets_in = models.BooleanField(default=False, db_default=False, editable=False)
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
            models.Index(
                name="mail_message_lets_in", fields=["due_at"], condition=models.Q(lets_in=True)
            ),
            # Not by state: SQLite uses a partial index only where it sees no parameter.
            models.Index(
                name="mail_message_unsent",
                fields=["due_at", "state"],
                condition=models.Q(sent_at__isnull=True),
            ),
            models.Index(
                name="mail_message_single",
                fields=["due_at", "state"],
                condition=models.Q(sent_at__isnull=True, body__isnull=True),
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
    def text(self) -> str:
        """What the plain text of the mail says."""
        return self._filled(self.body.text, is_html=False) if self.body else self.own_text

    @text.setter
    def text(self, words: str) -> None:
        self.own_text = words

    @property
    def html(self) -> str:
        """What the HTML of the mail says; nothing when it is plain text only."""
        return self._filled(self.body.html, is_html=True) if self.body else self.own_html

    @html.setter
    def html(self, words: str) -> None:
        self.own_html = words

    @property
    def has_html(self) -> bool:
        return bool(self.body.html if self.body else self.own_html)

    def _filled(self, words: str, *, is_html: bool) -> str:
        return marking.fill(words, cast(Body, self.body).marks, self.own, is_html=is_html)

    @property
    def is_by_form(self) -> bool:
        """Whether a form made us write it, for an address that may be anyone's."""
        return self.kind.rpartition(".")[2] in FORM_KINDS
