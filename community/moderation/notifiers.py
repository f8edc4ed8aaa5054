"""Mails to those who noticed a comment: a receipt, and what an editor decided.

None of them holds words of whoever noticed, for anyone can type anyone's address,
and none holds words of the comment.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils import translation

from community.comments import mails
from community.moderation import notice_links
from community.moderation.models import Case, Notice, Reason
from core.addresses import absolute
from mail import limits, outbox
from mail.addresses import normalise
from mail.models import Message
from mail.rendering import Circular, Copy

RECEIPT = "moderation.receipt"
DECIDED = "moderation.decided"
OBJECTION_RECEIVED = "moderation.objection_received"

# Members have proven who they are, and may notice more in a day than a stranger's form.
PER_MEMBER = 10  # receipts in `limits.PER_ADDRESS_IN`


def about(case: Case) -> str:
    """Return the name by which the outbox knows ``case``; see `mail.outbox.enqueue`."""
    return f"case:{case.pk}"


def tell_received(notice: Notice, *, now: datetime) -> None:
    """Mail a receipt with the number of the case, in the caller's transaction.

    Nobody who left no address, and no address or network that has had its share.
    """
    if not notice.address:
        return
    share = PER_MEMBER if notice.user_id else limits.PER_ADDRESS
    network_key = notice.network_key
    due_at = limits.when(notice.address, network_key=network_key, now=now, per_address=share)
    if due_at is not None:
        _mail(notice, notice.case, RECEIPT, due_at=due_at, network_key=network_key)


def tell_objection_received(notice: Notice, case: Case) -> None:
    """Mail whoever objects that another editor looks, in the caller's transaction."""
    if notice.address:
        _mail(notice, case, OBJECTION_RECEIVED)


def tell_decided(case: Case, *, reason: Reason | None, due_at: datetime) -> list[int]:
    """Mail the outcome of ``case`` to all who noticed or objected; return the mails' keys.

    Each address once, in its own language. ``due_at`` leaves time to undo. A query or
    two for each language, whatever the number of notices.
    """
    reached: set[str] = set()
    for is_objection, notices in ((True, case.objections), (False, case.notices)):
        unreached = _not_yet(reached, notices.select_related("user"))
        for language in {notice.language for notice in unreached}:
            copies = [_copy(notice) for notice in unreached if notice.language == language]
            outbox.enqueue_copies(_circular(case, reason, language, is_objection), copies)
    written = Message.objects.waiting().filter(about=about(case), kind=DECIDED)
    written.update(due_at=due_at)
    return list(written.order_by("pk").values_list("pk", flat=True))


def _not_yet(reached: set[str], notices: Iterable[Notice]) -> list[Notice]:
    unreached = []
    for notice in notices:
        address = normalise(notice.address)
        if address and address not in reached:
            reached.add(address)
            unreached.append(notice)
    return unreached


def _copy(notice: Notice) -> Copy:
    return Copy(to=notice.address, own_link=notice_links.link(notice))


def _circular(case: Case, reason: Reason | None, language: str, is_objection: bool) -> Circular:
    context = {
        **_context(case, language),
        "is_objection": is_objection,
        "reason": reason.name_in(language) if reason else "",
        "rules": mails.house_rules(language),
    }
    return Circular.write(
        kind=DECIDED,
        language=language,
        template="moderation/mail/decided",
        context=context,
        about=about(case),
    )


def _mail(notice: Notice, case: Case, kind: str, **how) -> None:
    name = kind.rpartition(".")[2]
    outbox.enqueue(
        kind=kind,
        to=notice.address,
        language=notice.language,
        template=f"moderation/mail/{name}",
        context={**_context(case, notice.language), "own_link": notice_links.link(notice)},
        about=about(case),
        **how,
    )


def _context(case: Case, language: str) -> dict:
    with translation.override(language):
        place = absolute(case.comment.get_absolute_url())
    return {"case": case, "page": case.comment.page, "place": place}
