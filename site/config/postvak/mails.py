"""The caught mails, read from their files."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

_KEY = re.compile(r"[0-9]{20}-[0-9a-f]{6}")


@dataclass(frozen=True)
class Mail:
    """One mail, as it arrived at ``arrived_at``."""

    key: str
    message: EmailMessage

    @property
    def arrived_at(self) -> datetime:
        return datetime.fromtimestamp(int(self.key[:20]) / 1e9, tz=UTC)

    @property
    def to(self) -> list[str]:
        """Those it was delivered to, which a hidden copy does not show in its headers."""
        return [str(address) for address in self.message.get_all("Delivered-To", [])]

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [
            (name, str(value)) for name, value in self.message.items() if name != "Delivered-To"
        ]

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, subtype: str) -> str:
        part = self.message.get_body(preferencelist=(subtype,))
        return part.get_content().replace("\r\n", "\n") if part is not None else ""


def all_mails(directory: Path) -> list[Mail]:
    """Return every caught mail, newest first; one file read for each."""
    return [_read(path) for path in sorted(directory.glob("*.eml"), reverse=True)]


def get(directory: Path, key: str) -> Mail | None:
    """Return the mail ``key``, or ``None`` when there is no such mail."""
    path = directory / f"{key}.eml"
    return _read(path) if _KEY.fullmatch(key) and path.exists() else None


def empty(directory: Path) -> None:
    """Remove every caught mail."""
    for path in directory.glob("*.eml"):
        path.unlink(missing_ok=True)


def _read(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Mail(path.stem, message)
