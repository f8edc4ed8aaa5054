"""A rule by an editor: what a comment must not hold, or whom it must not come from."""

import secrets
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

PATTERN_LENGTH = 254  # characters; an address fits
REASON_LENGTH = 500


def new_stamp() -> int:
    """Return a number that no other state of a rule has, but for one chance in two milliards."""
    return secrets.randbelow(2**31)


class BlockRuleQuerySet(models.QuerySet["BlockRule"]):
    def active(self, now: datetime) -> Self:
        """Rules that do something at ``now``, newest first."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=now)).order_by("-created_at", "-pk")

    def ended(self, now: datetime) -> Self:
        """Rules that do nothing any more, last ended first."""
        return self.filter(until__lte=now).order_by("-until", "-pk")


class BlockRule(models.Model):
    """A pattern, and what happens to a comment that matches it.

    ``pattern`` is what the editor typed, made comparable. A rule about the writer or
    the network of one comment has a ``key`` instead, so that it keeps nobody's address:
    the pattern of such a rule is for people alone. ``until`` is the first moment at
    which the rule does nothing. ``stamp`` is drawn anew at each change, so that the sum
    of all stamps tells whether anything changed.
    """

    class Kind(models.TextChoices):
        WORD = "word", _("word")
        PHRASE = "phrase", _("phrase")
        EXPRESSION = "expression", _("regular expression")
        DOMAIN = "domain", _("domain")
        ADDRESS = "address", _("email address of the writer")
        NETWORK = "network", _("network")

    class Act(models.TextChoices):
        HOLD = "hold", _("wait for an editor")
        SPAM = "spam", _("to the spam")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    pattern = models.CharField(_("pattern"), max_length=PATTERN_LENGTH, blank=True)
    key = models.CharField(max_length=32, blank=True, editable=False)
    inside_compounds = models.BooleanField(_("also inside compounds"), default=False)
    act = models.CharField(_("what happens"), max_length=10, choices=Act.choices, default=Act.HOLD)
    reason = models.TextField(_("reason"), max_length=REASON_LENGTH)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    until = models.DateTimeField(_("until"), null=True, blank=True)
    hits = models.PositiveIntegerField(_("hits"), default=0, editable=False)
    last_hit_at = models.DateTimeField(_("last hit"), null=True, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    stamp = models.PositiveIntegerField(default=new_stamp, editable=False)

    objects = models.Manager.from_queryset(BlockRuleQuerySet)()

    class Meta:
        verbose_name = _("block rule")
        verbose_name_plural = _("block rules")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "pattern", "key"],
                name="block_rule_unique",
                violation_error_message=_("There is a rule for this already."),
            ),
            models.CheckConstraint(
                name="block_rule_has_something_to_match",
                condition=~Q(pattern="") | ~Q(key=""),
            ),
            models.CheckConstraint(name="block_rule_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.pattern or self.key[:8]}"

    def is_active(self, now: datetime) -> bool:
        return self.until is None or now < self.until
