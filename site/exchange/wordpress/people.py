"""The writers of an export, and the organisations that their signatures name."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from django.utils.translation import gettext as _

from blog.models import Author
from core.models import Organisation
from exchange.models import Source
from exchange.wordpress import signature
from exchange.wordpress.ledger import Ledger


@dataclass(frozen=True)
class Said:
    """What the one who imports says about new authors; it goes before any signature."""

    role: str = ""
    organisation: str = ""


class People:
    """Finds or makes the author of a post."""

    def __init__(self, *, names: dict[str, str], ledger: Ledger, said: Said) -> None:
        self.names = names
        self.ledger = ledger
        self.said = said

    def author(self, login: str, paragraphs: Sequence[str]) -> Author:
        """Return who wrote a post: the account's name, with what the last lines say of them.

        An author who is here already keeps the role and organisation that they have.
        Where neither the account nor the text names anyone, an unknown author did.
        """
        name = " ".join(unescape(self.names.get(login, login)).split())
        known = list(Organisation.objects.values_list("name", flat=True))
        signed = signature.find(paragraphs, name=name, known=known)
        key = signed.name if signed else login
        author = self._known(key) or self._find_or_make(signed.name if signed else name, key)
        if not author.role and author.organisation is None:
            self._describe(author, signed)
        return author

    def _known(self, key: str) -> Author | None:
        pk = self.ledger.find(Source.Kind.AUTHOR, key)
        return Author.objects.filter(pk=pk).first() if pk else None

    def _find_or_make(self, name: str, key: str) -> Author:
        name = name[:120] or _("Unknown author")
        author = Author.objects.filter(name__iexact=name).order_by("pk").first()
        author = author or Author.objects.create(name=name)
        if self.ledger.find(Source.Kind.AUTHOR, key) is None:
            self.ledger.note(Source.Kind.AUTHOR, key, author.pk)
        return author

    def _describe(self, author: Author, signed: signature.Signature | None) -> None:
        author.role = (self.said.role or (signed.role if signed else ""))[:120]
        organisation = self.said.organisation or (signed.organisation if signed else "")
        author.organisation = organisation_named(organisation)
        author.save(update_fields=["role", "organisation"])


def organisation_named(name: str) -> Organisation | None:
    """Return the organisation called ``name``, made when it is new; ``None`` without a name."""
    name = " ".join(name.split())[:120]
    if not name:
        return None
    found = Organisation.objects.filter(name__iexact=name).first()
    return found or Organisation.objects.create(name=name, type=signature.kind_of(name))
