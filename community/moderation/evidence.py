"""What the pipeline found about a comment, in words for an editor."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.comments.models import Comment


def in_words(comment: Comment) -> list[str]:
    """Return one sentence for each thing that software found; nothing for a comment without."""
    found = comment.evidence
    words = _WORDS.get(found.get("phase", ""))
    sentences = [words(found)] if words else []
    if found.get("trapped") and found.get("phase") != "trap":
        sentences.append(_trap(found))
    return sentences


def _trap(found: dict) -> str:
    return _(
        "A hidden field was filled in, which people do not see. "
        "Programs often do that; password managers sometimes."
    )


def _links(found: dict) -> str:
    number = found.get("links", 0)
    return ngettext("It holds %(n)s link.", "It holds %(n)s links.", number) % {"n": number}


def _repeat(found: dict) -> str:
    number = found.get("repeats", 0)
    return ngettext(
        "The same words were sent %(n)s time before, within a day.",
        "The same words were sent %(n)s times before, within a day.",
        number,
    ) % {"n": number}


def _history(found: dict) -> str:
    number = found.get("refused", 0)
    return ngettext(
        "%(n)s comment of this writer was refused in the last 90 days.",
        "%(n)s comments of this writer were refused in the last 90 days.",
        number,
    ) % {"n": number}


def _first_timer(found: dict) -> str:
    number = found.get("approved", 0)
    return ngettext(
        "The writer is new here: %(n)s comment was approved before.",
        "The writer is new here: %(n)s comments were approved before.",
        number,
    ) % {"n": number}


def _mode(found: dict) -> str:
    if found.get("verdict") == "approve":
        return _("No rule had a doubt, so it appeared at once.")
    return _("Every comment in this section waits for an editor.")


def _staff(found: dict) -> str:
    return _("An editor wrote it, so it appeared at once.")


def _author(found: dict) -> str:
    return _("The author of the post wrote it, so it appeared at once.")


_WORDS: dict[str, Callable[[dict], str]] = {
    "trap": _trap,
    "links": _links,
    "repeat": _repeat,
    "history": _history,
    "first_timer": _first_timer,
    "mode": _mode,
    "staff": _staff,
    "author": _author,
}
