"""What the pipeline noticed about a comment, in an editor's words."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.comments.models import Comment

Evidence = dict[str, Any]


def in_words(comment: Comment) -> list[str]:
    """Return one sentence for each thing that spoke against placing ``comment``."""
    evidence = comment.evidence
    found = evidence.get("findings") or [evidence]
    sentences = [sentence for finding in found for sentence in _of(finding)]
    kept = [str(say(evidence)) for name, say in _KEPT if name in evidence]
    return list(dict.fromkeys([*kept, *sentences]))


def _of(finding: Evidence) -> list[str]:
    sentences = [str(say(finding)) for name, say in _SAYINGS if finding.get(name)]
    phases = _PLACED if finding.get("verdict") == "approve" else _PHASES
    phase = phases.get(finding.get("phase", ""))
    return [*sentences, str(phase)] if phase else sentences


def _links(evidence: Evidence) -> str:
    number = int(evidence["links"])
    return ngettext("It holds %(count)s link.", "It holds %(count)s links.", number) % {
        "count": number
    }


def _repeats(evidence: Evidence) -> str:
    number = int(evidence["repeats"])
    return ngettext(
        "The same words were sent %(count)s time more in a day.",
        "The same words were sent %(count)s times more in a day.",
        number,
    ) % {"count": number}


def _refused(evidence: Evidence) -> str:
    number = int(evidence["refused"])
    return ngettext(
        "In the last 90 days %(count)s comment of this writer was refused.",
        "In the last 90 days %(count)s comments of this writer were refused.",
        number,
    ) % {"count": number}


def _spam(evidence: Evidence) -> str:
    words = ", ".join(str(word) for word in evidence.get("spam_words", [])[:8])
    score = {"percent": round(float(evidence["spam_score"]) * 100), "words": words}
    if words:
        return _("It looks like spam for %(percent)s%%, by the words: %(words)s.") % score
    return _("It looks like spam for %(percent)s%%.") % score


def _rule(evidence: Evidence) -> str:
    matched = evidence.get("matched") or ""
    if isinstance(matched, list):
        matched = ", ".join(str(word) for word in matched)
    if not matched:
        return _("A block rule caught it.")
    return _("A block rule caught it by: %(matched)s.") % {"matched": matched}


def _seconds(evidence: Evidence) -> str:
    number = int(evidence["seconds"])
    return ngettext(
        "It was sent within %(count)s second after the page was opened.",
        "It was sent within %(count)s seconds after the page was opened.",
        number,
    ) % {"count": number}


_SAYINGS: list[tuple[str, Callable[[Evidence], str | Promise]]] = [
    (
        "trapped",
        lambda evidence: _(
            "A hidden field was filled in, which people do not see."
            " Programs often do that; password managers sometimes."
        ),
    ),
    ("rule", _rule),
    ("links", _links),
    ("repeats", _repeats),
    ("spam_score", _spam),
    ("refused", _refused),
]
_KEPT: list[tuple[str, Callable[[Evidence], str | Promise]]] = [
    ("seconds", _seconds),
    ("imported", lambda evidence: _("It came with an import.")),
    ("improves", lambda evidence: _("Its writer improved a comment that was refused.")),
]
_PHASES: dict[str, Promise] = {
    "first_timer": gettext_lazy("It waits because its writer is new here."),
    "mode": gettext_lazy("It waits because everything waits here."),
    "always_waits": gettext_lazy("It waits because an editor wants to read this writer first."),
}
_PLACED: dict[str, Promise] = {
    "mode": gettext_lazy("No rule had a doubt, so it appeared at once."),
    "staff": gettext_lazy("An editor wrote it, so it appeared at once."),
    "author": gettext_lazy("The author of the post wrote it, so it appeared at once."),
}
