"""How rows without a page stand in an address: by their key, and their name to read.

The name may change; the key finds them all the same, and leads to the address of now.
"""

from django.utils.text import slugify

LONGEST = 18  # digits of a primary key; more fit in no column


def key(pk: int, name: str) -> str:
    """Return how row ``pk`` with ``name`` stands in an address, such as ``12-jan-de-vries``."""
    return f"{pk}-{slugify(name)}".rstrip("-")


def pk_of(text: str) -> int | None:
    """Return the primary key that ``text`` begins with, or ``None`` when it names nothing."""
    digits = text.partition("-")[0]
    is_one = digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST
    return int(digits) if is_one else None
