"""Posts and tools, from the manuscripts in ``texts``."""

import json
import re
from collections.abc import Iterator

from wagtail.models import Locale, Page

from blog.models import Author, BlogPage
from core.models import Organisation
from home import manuscripts, tree
from home.demo.moments import Clock
from home.demo.people import TEXTS
from home.demo.shelf import Shelf
from home.manuscripts import Library, Manuscript
from home.models import HomePage
from home.setup import Tree
from tools.models import ToolCriterion, ToolPage, ToolStep

_STEP = re.compile(r"^\d+\. ", re.M)
_CRITERION = re.compile(r"^- (\w+): (\w+)\. (.+)$", re.M)


def dress(site: Tree, shelf: Shelf) -> None:
    """Hang the picture of the front door, and say on two pages that all this is made up."""
    HomePage.objects.update(image=shelf.picture("home"))
    for language in ("nl", "en"):
        notice = manuscripts.read(TEXTS / language / "notice.md").stream(library(site, shelf))
        for name in ("over", "privacy"):
            page = site.standard[name].get_translation(Locale.objects.get(language_code=language))
            page.body = json.dumps([*manuscripts.blocks(notice), *page.body.raw_data])
            page.save()


def add_tools(site: Tree, shelf: Shelf, clock: Clock) -> None:
    """Put the tools up, published two months before they were last checked."""
    for slug, text in texts("nl", "tools"):
        days = int(text.head["days"])
        page = ToolPage(
            slug=slug,
            image=shelf.picture(text.head["image"]),
            owner_organisation=Organisation.objects.get(name=text.head["owner"]),
            checked_date=clock.day(days),
            **_tool_facts(text),
            **tool_fields(text),
        )
        tree.add(site.tools, page, at=clock.ago(days=days + 60))


def add_posts(site: Tree, shelf: Shelf, clock: Clock, authors: dict[str, Author]) -> None:
    """Put the posts up, oldest first, so that the newest is the last added."""
    by_age = sorted(texts("nl", "posts"), key=lambda found: -int(found[1].head["days"]))
    for slug, text in by_age:
        days = int(text.head["days"])
        page = BlogPage(
            slug=slug,
            author=authors[text.head["author"]],
            date=clock.day(days),
            image=shelf.picture(text.head["image"]),
            **post_fields(text),
        )
        page.tags.add(*text.head["tags"].split(", "))
        tree.add(site.blog, page, at=clock.ago(days=days))


def write(site: Tree, shelf: Shelf) -> None:
    """Fill in the running text of posts and tools, now that each can link to the others."""
    names = library(site, shelf)
    for section, kind in (("tools", "tools"), ("blog", "posts")):
        for slug, text in texts("nl", kind):
            page = find(site, f"{section}/{slug}").specific
            page.body = text.stream(names)
            page.save()
            tree.record(page)


def texts(language: str, kind: str) -> Iterator[tuple[str, Manuscript]]:
    """Yield the name of each manuscript with what it says, by name."""
    for path in sorted((TEXTS / language / kind).glob("*.md")):
        yield path.stem, manuscripts.read(path)


def find(site: Tree, key: str) -> Page:
    """Return the Dutch page for a key such as ``tools/lokaal-meten``."""
    section, _, slug = key.partition("/")
    parent = site.blog if section == "blog" else site.tools
    return Page.objects.child_of(parent).get(slug=slug)


def library(site: Tree, shelf: Shelf, *, locale: Locale | None = None) -> Library:
    """Return where names lead; with ``locale`` to its own pages where there are any."""

    def page(key: str) -> int:
        found = find(site, key)
        translation = found.get_translation_or_none(locale) if locale else None
        return (translation or found).pk

    return Library(image=lambda name: shelf.picture(name).pk, page=page)


def post_fields(text: Manuscript) -> dict:
    """Return what a post's manuscript says in words, ready for its fields, but for the body."""
    return {
        "title": text.head["title"],
        "introduction": text.head["introduction"],
        "image_alt": text.head["alt"],
    }


def tool_fields(text: Manuscript) -> dict:
    """Return what a tool's manuscript says in words, ready for its fields, but for the body."""
    steps = [step.strip() for step in _STEP.split(text.sections["steps"]) if step.strip()]
    criteria = _CRITERION.findall(text.sections["criteria"])
    return {
        **{name: text.head[name] for name in ("title", "one_line", "question")},
        **{name: text.sections[name] for name in ("reason", "considerations", "example")},
        "steps": [ToolStep(text=step, sort_order=at) for at, step in enumerate(steps)],
        "criteria": [
            ToolCriterion(criterion=name, answer=answer, why=why, sort_order=at)
            for at, (name, answer, why) in enumerate(criteria)
        ],
    }


def _tool_facts(text: Manuscript) -> dict:
    names = ("process", "category", "stage", "evidence", "origin", "licence", "cost", "skill")
    least, _, most = text.head["minutes"].partition("-")
    minutes = {"minutes_min": int(least), "minutes_max": int(most or least)}
    return {name: text.head[name] for name in names} | minutes
