"""What a reader can choose from, and what it is called on a page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from taggit.models import Tag
from wagtail.models import Page
from wagtail.query import PageQuerySet

from blog.models import Author, BlogIndexPage, BlogPage, BlogPageTag, Chain
from community.subscriptions.models import Choice
from community.subscriptions.selections import Selection, is_key
from core import restrictions
from core.models import Organisation
from tools.filters import ToolFilter
from tools.models import ToolPage, ToolUse

MOST = 50  # choices of one reader
MOST_CHAINS = 20  # the newest; others can be chosen on their own pages
MOST_SECTIONS = 5

Kind = Choice.Kind
Pair = tuple[str, str]


@dataclass(frozen=True)
class Offer:
    """One thing to choose. ``value`` is how a form sends it."""

    kind: str
    key: str
    name: str

    @property
    def value(self) -> str:
        return value_of(self.kind, self.key)


def value_of(kind: str, key: object) -> str:
    """Return how a form sends a choice."""
    return f"{kind}:{key}"


def values_of(chosen: Selection) -> list[str]:
    """Return how a form sends ``chosen``."""
    return [value_of(*pair) for pair in sorted(chosen.choices)]


def parse(values: Iterable[str]) -> Selection:
    """Return the selection that a form sent; whether those things exist is not looked at.

    No more than `MOST` are read, and none that no column can hold.
    """
    return Selection.of(_pairs(values))


def sent(values: Iterable[str]) -> list[Pair]:
    """Return what was ticked of what there is, as it was: "everything" swallows nothing yet."""
    return list(_names(_pairs(values)))


def around(wanted: Iterable[Pair]) -> list[Pair]:
    """Return what goes with the posts whose conversations are in ``wanted``.

    Those are its chain, author, organisation and tags; two queries.
    """
    pks = _pks([key for kind, key in wanted if kind == Kind.CONVERSATION])
    if not pks:
        return []
    posts = BlogPage.objects.published().filter(pk__in=pks).select_related("author", "link")
    pairs: list[tuple[str, object]] = []
    for post in posts.prefetch_related("tagged_items__tag"):
        link, author = getattr(post, "link", None), post.author
        pairs += [(Kind.CHAIN.value, link.chain_id)] if link else []
        pairs += [(Kind.AUTHOR.value, author.pk)] if author else []
        pairs += [(Kind.ORGANISATION.value, author.organisation_id)] if author else []
        pairs += [(Kind.TAG.value, item.tag.slug) for item in post.tagged_items.all()]
    return [(kind, str(key)) for kind, key in pairs if key is not None]


def beside(chosen: Iterable[Pair], *, also: Iterable[Pair] = ()) -> list[Offer]:
    """Return ``chosen``, then ``also``, and then what every reader can choose from.

    At most ten queries. What no longer exists, or is not public, is left out.
    """
    chains = Chain.objects.values_list("pk", flat=True)[:MOST_CHAINS]
    blogs = _public(BlogIndexPage).order_by("path")
    sections = blogs.filter(locale__language_code=get_language())  # the others translate these
    always: list[Pair] = [(Kind.EVERYTHING.value, "")]
    always += [(Kind.SECTION.value, str(page.pk)) for page in sections[:MOST_SECTIONS]]
    always += [(Kind.CHAIN.value, str(pk)) for pk in chains]
    always += [(Kind.TOOLS.value, "")]
    pairs = dict.fromkeys([*sorted(chosen), *also, *always])
    names = _names(pairs)
    return [Offer(*pair, names[pair]) for pair in pairs if pair in names]


def that_exist(chosen: Selection) -> list[Offer]:
    """Return what there still is of ``chosen``, with its name; one query for each kind."""
    names = _names(chosen.choices)
    return [Offer(*pair, names[pair]) for pair in sorted(chosen.choices) if pair in names]


def known(chosen: Selection) -> Selection:
    """Return ``chosen`` without what does not exist or is not public."""
    return Selection.of(_names(chosen.choices))


def _pairs(values: Iterable[str]) -> list[Pair]:
    pairs = [value.partition(":")[::2] for value in islice(values, MOST)]
    return [(kind, key) for kind, key in pairs if key.isprintable()]


def _names(pairs: Iterable[Pair]) -> dict[Pair, str]:
    by_kind: dict[str, list[str]] = {}
    for kind, key in pairs:
        by_kind.setdefault(kind, []).append(key)
    return {
        (kind, key): name
        for kind, keys in by_kind.items()
        if kind in _NAMING
        for key, name in _NAMING[kind](keys).items()
    }


def _everything(keys: list[str]) -> dict[str, str]:
    return {"": _("Everything that is new")} if "" in keys else {}


def _sections(keys: list[str]) -> dict[str, str]:
    found = _public(BlogIndexPage).in_bulk(_pks(keys))
    return _named(found, lambda page: _("All posts of “%(name)s”") % {"name": page.title})


def _chains(keys: list[str]) -> dict[str, str]:
    found = Chain.objects.in_bulk(_pks(keys))
    return _named(found, lambda chain: _("The chain letter “%(name)s”") % {"name": chain.name})


def _authors(keys: list[str]) -> dict[str, str]:
    """Name authors of whom everyone can read something."""
    public = BlogPage.objects.published().order_by().values("author_id")
    found = Author.objects.filter(pk__in=public).in_bulk(_pks(keys))
    return _named(found, lambda author: _("Posts by %(name)s") % {"name": author.name})


def _organisations(keys: list[str]) -> dict[str, str]:
    writes = BlogPage.objects.published().order_by().values("author__organisation_id")
    owns = ToolPage.objects.published().order_by().values("owner_organisation_id")
    tools = ToolPage.objects.published().order_by().values("translation_key")
    uses = ToolUse.objects.verified().order_by().filter(tool__translation_key__in=tools)
    public = Organisation.objects.filter(
        Q(pk__in=writes.filter(author__organisation__isnull=False))
        | Q(pk__in=owns.filter(owner_organisation__isnull=False))
        | Q(pk__in=uses.values("organisation_id"))
    )
    found = public.in_bulk(_pks(keys))
    return _named(found, lambda it: _("Posts and tools of %(name)s") % {"name": it.name})


def _tags(keys: list[str]) -> dict[str, str]:
    public = BlogPage.objects.published().order_by().values("pk")
    used = BlogPageTag.objects.filter(content_object__in=public).values("tag_id")
    found = Tag.objects.filter(slug__in=keys, pk__in=used)
    return {tag.slug: _("Posts with the tag “%(name)s”") % {"name": tag.name} for tag in found}


def _tools(keys: list[str]) -> dict[str, str]:
    return {key: name for key in keys if (name := _tool_filter(key))}


def _tool_filter(key: str) -> str:
    """Return the name of a filter; nothing for one that is not written as we write it."""
    if not key:
        return _("All tools")
    chosen = ToolFilter.from_query(QueryDict(key))
    if chosen.query != f"?{key}":
        return ""
    labels = dict([*chosen.processes, *chosen.categories])
    words = ", ".join(labels[value] for value in chosen.lookups().values())
    return _("Tools: %(filter)s") % {"filter": words}


def _conversations(keys: list[str]) -> dict[str, str]:
    found = _public(Page).in_bulk(_pks(keys))
    name = _("The conversation with “%(name)s”")
    return _named(found, lambda page: name % {"name": page.title})


def _public(kind: type[Page]) -> PageQuerySet:
    """Return the pages of ``kind`` that everyone may read."""
    return kind._default_manager.live().exclude(restrictions.private())


def _pks(keys: list[str]) -> list[int]:
    return [int(key) for key in keys if is_key(key)]


def _named(found: dict, name: Callable[..., str]) -> dict[str, str]:
    return {str(pk): name(thing) for pk, thing in found.items()}


_NAMING: dict[str, Callable[[list[str]], dict[str, str]]] = {
    Kind.EVERYTHING: _everything,
    Kind.SECTION: _sections,
    Kind.CHAIN: _chains,
    Kind.AUTHOR: _authors,
    Kind.ORGANISATION: _organisations,
    Kind.TAG: _tags,
    Kind.TOOLS: _tools,
    Kind.CONVERSATION: _conversations,
}
