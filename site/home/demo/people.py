"""The invented people: organisations, authors and the logins."""

import tomllib
from datetime import date
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from blog.models import Author
from core.models import Organisation
from home.demo.shelf import Shelf

TEXTS = Path(__file__).parent / "texts"
PASSWORD = "estafette"  # noqa: S105  public on purpose: it only exists in the demo
LAST_LOGIN = "beheer"


def read(name: str) -> dict:
    return tomllib.loads((TEXTS / f"{name}.toml").read_text(encoding="utf-8"))


def authors(shelf: Shelf) -> dict[str, Author]:
    """Make the organisations and the authors; return the authors by their short names."""
    for facts in read("organisations")["organisation"]:
        _organisation(**facts)
    return {key: _author(key, shelf, **facts) for key, facts in read("authors").items()}


def accounts(authors: dict[str, Author]) -> None:
    """Make the logins, each with its role."""
    for username, facts in read("accounts").items():
        _account(username, authors, **facts)


def _organisation(*, name: str, type: str, until: date | None = None, **dates: date) -> None:  # noqa: A002
    fields = {"type": type, "member_from": dates["from"], "member_until": until}
    Organisation.objects.get_or_create(name=name, defaults=fields)


def _author(
    key: str, shelf: Shelf, *, name: str, role: str, organisation: str, face: dict
) -> Author:
    return Author.objects.create(
        name=name,
        role=role,
        organisation=Organisation.objects.get(name=organisation),
        photo=shelf.portrait(key, name, face),
    )


def _account(
    username: str,
    authors: dict[str, Author],
    *,
    first_name: str,
    last_name: str,
    group: str = "",
    author: str = "",
    superuser: bool = False,
) -> None:
    user = get_user_model().objects.create_user(
        username,
        f"{username}@example.org",
        PASSWORD,
        first_name=first_name,
        last_name=last_name,
        is_staff=superuser,
        is_superuser=superuser,
    )
    if group:
        user.groups.add(Group.objects.get(name=group))
    if author:
        Author.objects.filter(pk=authors[author].pk).update(user=user)
