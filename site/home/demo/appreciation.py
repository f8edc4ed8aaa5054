"""What readers appreciate, each once and from a browser of their own."""

import hashlib
import secrets

from community.comments.models import Appreciation, Comment, Device

READERS = 9


def add_all() -> None:
    """Let readers without account appreciate some comments more than others.

    How many do so follows from the length of a text: it looks like chance, and is the
    same in every demo.
    """
    devices = [_device(number) for number in range(1, READERS + 1)]
    for comment in Comment.objects.visible():
        by = devices[: max(0, len(comment.comment) * 7 % 13 - 4)]
        Appreciation.objects.bulk_create(
            Appreciation(comment=comment, device=device) for device in by
        )
        Comment.objects.filter(pk=comment.pk).update(appreciation=len(by))


def _device(number: int) -> Device:
    """Make a browser of which nobody has the secret."""
    unknown = hashlib.sha256(secrets.token_bytes(16)).hexdigest()
    return Device.objects.create(token_hash=unknown, email=f"lezer{number}@example.org")
