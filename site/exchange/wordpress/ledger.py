"""Which things of another site are here already, and how many of each were brought in."""

from collections import Counter
from dataclasses import asdict, dataclass

from exchange.models import Source
from exchange.wordpress.records import short


@dataclass
class Counts:
    """What an import did. ``held`` counts those of ``comments`` that wait for an editor."""

    posts: int = 0
    pages: int = 0
    comments: int = 0
    held: int = 0
    tags: int = 0
    media: int = 0
    unchanged: int = 0
    skipped: int = 0

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


class Ledger:
    """The sources of one site, read once; and the counts, with why things were skipped."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.counts = Counts()
        self.reasons: Counter[str] = Counter()
        rows = Source.objects.filter(site=site).values_list("kind", "external_id", "object_id")
        self._known: dict[tuple[str, str], int] = {(kind, key): pk for kind, key, pk in rows}

    def find(self, kind: str, external_id: str) -> int | None:
        """Return the number that this thing has here, or ``None`` when it is new."""
        return self._known.get((kind, short(external_id)))

    def note(self, kind: str, external_id: str, pk: int) -> None:
        """Remember that a thing was brought in, as number ``pk``."""
        key = short(external_id)
        Source.objects.create(site=self.site, kind=kind, external_id=key, object_id=pk)
        self._known[kind, key] = pk

    def skip(self, reason: str) -> None:
        """Count one thing that was left out, and remember why."""
        self.counts.skipped += 1
        self.reasons[reason] += 1
