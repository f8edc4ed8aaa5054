"""Changing block rules. Each change returns a line that says what was done, for a log."""

from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from community.comments.housekeeping import NETWORKS_KEPT_FOR
from community.comments.models import BlockRule
from community.comments.models.blocking import new_stamp
from mail.addresses import masked, masked_within
from users.models import User

FIELDS = ["kind", "pattern", "key", "inside_compounds", "act", "reason", "until"]


def label(rule: BlockRule) -> str:
    """Return what ``rule`` looks for, as a log may keep it: addresses are masked.

    One that was masked is told from others alike by the number of its rule.
    """
    if not rule.pattern:
        return _("the network of one comment")
    is_one = rule.kind == BlockRule.Kind.ADDRESS and not rule.pattern.startswith("@")
    shown = masked(rule.pattern) if is_one else masked_within(rule.pattern)
    return shown if shown == rule.pattern else f"{shown} (#{rule.pk})"


def save(rule: BlockRule, *, by: User) -> str:
    """Store ``rule``, a new one as owned by ``by``. It holds from the next comment on.

    Raises `IntegrityError` when there is a rule for the same already.
    """
    is_new = rule.pk is None
    rule.stamp = new_stamp()
    if is_new:
        rule.owner = by
        rule.save(force_insert=True)
    else:
        rule.save(update_fields=[*FIELDS, "stamp", "updated_at"])
    words = _told(rule)
    if is_new:
        return _("Block rule made: %(rule)s; %(act)s, %(until)s. Reason: %(reason)s") % words
    return _("Block rule changed: %(rule)s; %(act)s, %(until)s. Reason: %(reason)s") % words


def end(rule: BlockRule, *, now: datetime) -> str:
    """Let ``rule`` do nothing from ``now`` on; harmless twice. The row and its hits stay."""
    if rule.is_active(now):
        rule.until, rule.stamp = now, new_stamp()
        rule.save(update_fields=["until", "stamp", "updated_at"])
    return _("Block rule ended: %(rule)s.") % _told(rule)


def delete(rule: BlockRule) -> str:
    """Delete ``rule`` with its count; comments that it held stay as they are."""
    words = _told(rule)
    rule.delete()
    return _("Block rule deleted: %(rule)s, after %(hits)s hits.") % words


def forget_networks(*, now: datetime) -> int:
    """Delete rules about the network of a comment that ended some days ago; return how many.

    They hold a key of a network, which is kept no longer than with the comment itself.
    Run daily.
    """
    of_comments = BlockRule.objects.filter(kind=BlockRule.Kind.NETWORK).exclude(key="")
    return of_comments.filter(until__lt=now - NETWORKS_KEPT_FOR).delete()[0]


def _told(rule: BlockRule) -> dict[str, object]:
    return {
        "rule": f"{rule.get_kind_display()}: {label(rule)}",
        "act": rule.get_act_display(),
        "until": _until(rule),
        "reason": rule.reason,
        "hits": rule.hits,
    }


def _until(rule: BlockRule) -> str:
    if rule.until is None:
        return _("without an end")
    moment = formats.date_format(timezone.localtime(rule.until), "DATETIME_FORMAT")
    return _("until %(moment)s") % {"moment": moment}
