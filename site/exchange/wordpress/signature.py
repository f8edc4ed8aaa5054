"""Who wrote a post, as its last lines say: "Name, role organisation"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.models import Organisation

_PARTICLES = r"(?:van|de|den|der|het|ten|ter|te|in|’t|'t|von|el|al|la|le)"
_NAME = re.compile(
    rf"([A-ZÀ-Þ][\w’'.-]*(?:\s+(?:{_PARTICLES}\s+)*[A-ZÀ-Þ][\w’'.-]*){{1,4}})\s*[,|–—-]\s+(\S.*)\Z"
)
_LONGEST = 160  # characters of a line that is a signature
_NOBODY = {"redactie", "admin", "administrator", "editor", "beheer", "beheerder", "webmaster", ""}
_BETWEEN = re.compile(r"\s*(?:,|\||–|—|\s-\s|\s(?:bij|at|@|namens)(?:\s+de|\s+het)?\s)\s*")
_TRAILING = re.compile(r"[\s,|–—@-]*(?:\s(?:bij|at|van|voor|namens|of))?(?:\s(?:de|het|the))?\s*\Z")
_HEADS = {
    *("gemeente", "provincie", "waterschap", "hoogheemraadschap", "ministerie", "stichting"),
    *("universiteit", "hogeschool", "vereniging", "tu", "rijkswaterstaat"),
}
_KINDS = {
    Organisation.Type.MUNICIPALITY: r"gemeente",
    Organisation.Type.PROVINCE: r"provincie",
    Organisation.Type.WATER_AUTHORITY: r"waterschap|hoogheemraadschap|wetterskip",
    Organisation.Type.STATE: r"ministerie|rijkswaterstaat|rijksdienst|kadaster|rijk|cbs|rivm",
    Organisation.Type.KNOWLEDGE: r"universiteit|university|hogeschool|tu|tno|instituut|academie",
    Organisation.Type.COMPANY: r"b\.?v\.?|n\.?v\.?|group|consultancy|adviesbureau|ingenieurs",
    Organisation.Type.SOCIETY: r"stichting|foundation|vereniging|coöperatie|platform|vng",
}


@dataclass(frozen=True)
class Signature:
    """A writer as the post names them; ``organisation`` is empty when it names none."""

    name: str
    role: str
    organisation: str


def find(paragraphs: Sequence[str], *, name: str, known: Sequence[str]) -> Signature | None:
    """Return the signature among the last ``paragraphs``, or ``None``.

    A line counts when it begins with ``name``, the account's. When the account is
    nobody's own (such as "redactie"), a line of the form "Name, what they do" counts.
    ``known`` are names of organisations, which show where the role ends.
    """
    for line in reversed(paragraphs[-4:]):
        match = _NAME.match(line) if len(line) <= _LONGEST else None
        if match and not line.endswith((".", "?", "!", ":")) and _is_for(match[1], name):
            role, organisation = parts(match[2], known)
            return Signature(match[1], role[:120], organisation[:120])
    return None


def parts(text: str, known: Sequence[str] = ()) -> tuple[str, str]:
    """Split what stands behind a name in a role and an organisation.

    A known organisation at the end decides; then a comma or "bij"; then a word that
    organisations are called by; then the first capital behind the role's first word.
    """
    text = " ".join(text.split())
    return _at_known(text, known) or _at_separator(text) or _at_word(text)


def kind_of(organisation: str) -> Organisation.Type:
    """Return what an organisation seems to be, from the words of its name."""
    for kind, words in _KINDS.items():
        if re.search(rf"(?<!\w)(?:{words})(?!\w)", organisation, re.IGNORECASE):
            return kind
    return Organisation.Type.SOCIETY


def _is_for(found: str, name: str) -> bool:
    return found.lower() == name.lower() or name.lower() in _NOBODY


def _at_known(text: str, known: Sequence[str]) -> tuple[str, str] | None:
    for organisation in sorted(known, key=len, reverse=True):
        start = len(text) - len(organisation)
        stands_alone = start == 0 or not text[start - 1 : start].isalnum()
        if stands_alone and text.lower().endswith(organisation.lower()):
            return _TRAILING.sub("", text[:start]), organisation
    return None


def _at_separator(text: str) -> tuple[str, str] | None:
    pieces = _BETWEEN.split(text)
    if len(pieces) < 2 or not pieces[-1]:
        return None
    start = text.rindex(pieces[-1])
    return _TRAILING.sub("", text[:start]), pieces[-1]


def _at_word(text: str) -> tuple[str, str]:
    words = text.split()
    starts = [n for n, word in enumerate(words) if n and word.lower() in _HEADS]
    starts = starts or [n for n, word in enumerate(words) if n and word[0].isupper()]
    if not starts:
        return text, ""
    return _TRAILING.sub("", " ".join(words[: starts[0]])), " ".join(words[starts[0] :])
