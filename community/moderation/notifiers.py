"""Mails to those who noticed a comment: a receipt, and what an editor decided.

None of them holds words of whoever noticed, for anyone can type anyone's address,
and none holds words of the comment.
"""

from datetime import datetime

from django.db.models import Q
from django.utils import translation

from community.comments import mails
from community.moderation import notice_links
from community.moderation.models import Case, Notice, Reason
from community.notifications import links, naming, silences
from community.notifications.models import Kind
from core.addresses import absolute
from mail import limits, outbox
from mail.addresses import normalise
from mail.models import Message
from mail.rendering import Circular, Copy

RECEIPT = "moderation.receipt"
DECIDED = "moderation.decided"
RESTORED = "moderation.restored"
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

    Each address once, in its own language. ``due_at`` leaves time to undo. One insert
    for each language, whatever the number of notices.
    """
    return _tell_all(case, DECIDED, due_at=due_at, reason=reason)


def tell_restored(case: Case, *, due_at: datetime) -> list[int]:
    """Mail all whom `tell_decided` told that the comment was taken away: it is back."""
    return _tell_all(case, RESTORED, due_at=due_at)


def _tell_all(
    case: Case, kind: str, *, due_at: datetime, reason: Reason | None = None
) -> list[int]:
    letters: dict[tuple[str, bool], list[Copy]] = {}
    for notice, is_objection in _whom_to_tell(case):
        letters.setdefault((notice.language, is_objection), []).append(_copy(notice))
    for (language, is_objection), copies in letters.items():
        circular = _circular(case, kind, reason, language, is_objection)
        outbox.enqueue_copies(circular, copies, due_at=due_at)
    waiting = Message.objects.waiting().filter(about=about(case), kind=kind)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def _whom_to_tell(case: Case) -> list[tuple[Notice, bool]]:
    """Return one notice for each address, and whether it is told about its objection."""
    about_it = Q(case=case) | Q(objection_case=case)
    heard = Notice.objects.filter(about_it).exclude(silences.is_writers(Kind.OUTCOME))
    said = heard.select_related("user")
    told = {}
    for notice in sorted(said, key=lambda notice: notice.objection_case_id != case.pk):
        address = normalise(notice.address)
        if address and address not in told:
            told[address] = (notice, notice.objection_case_id == case.pk)
    return list(told.values())


def _copy(notice: Notice) -> Copy:
    stop = links.switch_off(_wish(notice), notice.language)
    return Copy(
        to=notice.address,
        own_link=notice_links.link(notice),
        own={"stop": stop},
        headers=links.headers(stop),
    )


def _wish(notice: Notice) -> str:
    return silences.wish(Kind.OUTCOME, user=notice.user, address=notice.address)


def _circular(
    case: Case, kind: str, reason: Reason | None, language: str, is_objection: bool
) -> Circular:
    context = {
        **_context(case, language),
        "is_objection": is_objection,
        "reason": reason.name_in(language) if reason else "",
        "rules": mails.house_rules(language),
    }
    return Circular.write(
        kind=kind,
        language=language,
        template=f"moderation/mail/{kind.rpartition('.')[2]}",
        context=context,
        about=about(case),
        own=("stop",),
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
    return {"case": case, "page": naming.for_anyone(case.comment), "place": place}
