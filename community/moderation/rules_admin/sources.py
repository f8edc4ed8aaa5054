"""A comment that an editor makes a rule from, and what it offers for one."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from community.comments.blocking.candidates import Candidate
from community.comments.blocking.finding import address_key
from community.comments.models import BlockRule, Comment
from mail import addresses

Kind = BlockRule.Kind


def mask(email: str) -> str:
    """Return ``email`` as an editor may see it: whose it is can be known again, not read."""
    name, _, domain = email.rpartition("@")
    if not name:
        return ""
    return f"{name[0]}…{name[-1] if len(name) > 2 else ''}@{domain}"


@dataclass(frozen=True)
class Source:
    """The comment, with what a rule of each kind could be about."""

    comment: Comment
    now: datetime

    @cached_property
    def _candidate(self) -> Candidate:
        return Candidate(html=self.comment.text_html)

    @property
    def words(self) -> str:
        """What its readers see."""
        return self._candidate.words.text

    @property
    def domains(self) -> list[str]:
        return [host.removeprefix("www.") for host in self._candidate.hosts]

    @property
    def address(self) -> str:
        """The address of its writer, masked; empty when that is forgotten."""
        return mask(addresses.normalise(self.comment.user_email))

    @property
    def mail_domain(self) -> str:
        """Every address where its writer has one, as a pattern."""
        return f"@{self.address.rpartition('@')[2]}" if self.address else ""

    @property
    def network_until(self) -> datetime | None:
        """Until when its network can be known again: the keys change at midnight, UTC.

        ``None`` when that is past, or when the network was never known.
        """
        sent = self.comment.submit_date.astimezone(UTC)
        midnight = datetime.combine(sent.date() + timedelta(days=1), datetime.min.time(), UTC)
        return midnight if self.comment.network_key and self.now < midnight else None

    def pattern(self, kind: str) -> str:
        """Return what a rule of ``kind`` begins with."""
        return self.domains[0] if kind == Kind.DOMAIN and self.domains else ""

    def key(self, kind: str) -> str:
        """Return what tells its writer or network from others; empty when nothing does."""
        if kind == Kind.ADDRESS:
            return address_key(self.comment.user_email)
        if kind == Kind.NETWORK and self.network_until:
            return self.comment.network_key
        return ""


def source(public_id: str | uuid.UUID | None, *, now: datetime) -> Source | None:
    """Return the comment with ``public_id`` as a source; ``None`` for what is no comment."""
    try:
        wanted = public_id if isinstance(public_id, uuid.UUID) else uuid.UUID(public_id or "")
    except ValueError:
        return None
    comment = Comment.objects.filter(public_id=wanted).first()
    return Source(comment, now) if comment else None
