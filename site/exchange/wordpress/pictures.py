"""The pictures of an export: fetched before anything is written, kept once each."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin

from django.core.files.base import ContentFile
from django.utils.text import get_valid_filename

from core.models import CustomImage
from exchange.models import Source
from exchange.wordpress import fetching
from exchange.wordpress.ledger import Ledger
from exchange.wordpress.records import Overview, split

_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w{2,5}$)")  # photo-300x200.jpg is made of photo.jpg


class Pictures:
    """Finds or fetches pictures by their address.

    Fetching goes first, outside any transaction, because a network may be slow;
    `keep` then writes down what was fetched.
    """

    def __init__(
        self, *, overview: Overview, ledger: Ledger, wanted: bool, dry_run: bool = False
    ) -> None:
        self.ledger = ledger
        self.wanted = wanted
        self.dry_run = dry_run
        self.originals = overview.picture_addresses
        self._fetched: dict[str, tuple[bytes, str]] = {}
        self._failed: set[str] = set()
        self._dead_hosts: set[str] = set()
        self._written: list[CustomImage] = []
        self._fresh: set[str] = set()

    def address(self, source: str, *, page: str) -> str:
        """Return the full address of ``source`` on ``page``, of the original if it is a copy."""
        try:
            full = urljoin(page, source)
        except ValueError:
            return source
        full = f"https:{full}" if full.startswith("//") else full
        original = _SIZE.sub("", full)
        return original if original in self.originals else full

    def is_old(self, address: str) -> bool:
        """Return whether an earlier import brought this picture in."""
        known = self.ledger.find(Source.Kind.PICTURE, address) is not None
        return known and address not in self._fresh

    def fetch(self, address: str) -> None:
        """Get the bytes of a picture that is not here yet; a failure is counted once."""
        if not address or address in self._failed or self._is_known(address):
            return
        try:
            self._fetched[address] = self._get(address)
        except fetching.Unreachable as error:
            self._failed.add(address)
            self.ledger.skip(f"picture: {error}")

    def keep(self, address: str, *, title: str = "") -> CustomImage | None:
        """Return the picture at ``address``, written down if it was fetched just now."""
        known = self.ledger.find(Source.Kind.PICTURE, address)
        if known is not None:
            return CustomImage.objects.filter(pk=known).first()
        if address not in self._fetched:
            return None
        content, ending = self._fetched.pop(address)
        image = None if self.dry_run else self._write(address, content, ending, title)
        self.ledger.note(Source.Kind.PICTURE, address, image.pk if image else 0)
        self.ledger.counts.media += 1
        self._fresh.add(address)
        return image

    @contextmanager
    def kept_together(self) -> Iterator[None]:
        """Take back the files that were written inside, when what they belong to fails."""
        self._written.clear()
        try:
            yield
        except BaseException:
            for image in self._written:
                image.file.storage.delete(image.file.name)
            raise

    def _write(self, address: str, content: bytes, ending: str, title: str) -> CustomImage:
        name = PurePosixPath(unquote(split(address).path)).stem or "picture"
        image = CustomImage(title=(title or name)[:255])
        file_name = f"{get_valid_filename(name[:80])}.{ending}"
        image.file = ContentFile(content, name=file_name)
        image.save()
        self._written.append(image)
        return image

    def _is_known(self, address: str) -> bool:
        known = self.ledger.find(Source.Kind.PICTURE, address) is not None
        return known or address in self._fetched

    def _get(self, address: str) -> tuple[bytes, str]:
        host = split(address).hostname or ""
        if not self.wanted:
            raise fetching.Unreachable("left out by --no-media")
        if host in self._dead_hosts:
            raise fetching.Unreachable("it cannot be reached")
        try:
            return fetching.picture(address)
        except fetching.Unreachable as error:
            if isinstance(error.__cause__, OSError):
                self._dead_hosts.add(host)
            raise
