"""Every address of the site, and what happens to someone who knocks at one."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver
from wagtail.models import Site

from users.models import User

FORM = "application/x-www-form-urlencoded"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}

_WRITES = re.compile(r'^(?:INSERT|UPDATE|DELETE)\b.*?"(\w+)"', re.DOTALL)
_WORD = re.compile(r"<(?:\w+:)?(\w+)>")
_TO_LOGIN = re.compile(r"/(?:admin/login|mijn/inloggen)/(?:\?|$)")
_PLAIN = {  # addresses that are patterns or that answer a question alone
    "wagtailadmin_api:pages:find": "admin/api/main/pages/find/?id={page}",
    "wagtailadmin_api:documents:find": "admin/api/main/documents/find/?id={document}",
    "wagtailadmin_api:images:find": "admin/api/main/images/find/?id={image}",
    "wagtail_bulk_action": "admin/bulk/wagtailcore/page/delete/?id={page}",
    "wagtailadmin_pages:revisions_compare": "admin/pages/{page}/revisions/compare/earliest...live/",
    "wagtaildocs_serve": "documents/{document}/{filename}",
    "wagtail_serve": "blog/{slug}/",
}


class Keys(Protocol):
    """What there is to fill addresses in with."""

    @property
    def plain(self) -> dict[str, object]: ...

    def key(self, name: str, word: str) -> object: ...


@dataclass(frozen=True)
class Door:
    """One address: its name among all, and how it is written."""

    name: str
    route: str

    def path(self, keys: Keys) -> str:
        """Return the address with what ``keys`` has for each of its words."""
        route = _PLAIN.get(self.name, self.route.replace("^", "").replace("$", ""))
        filled = _WORD.sub(lambda word: str(keys.key(self.name, word.group(1))), route)
        return "/" + filled.format(**keys.plain)


DESK = "admin/reacties/"


def doors() -> Iterator[Door]:
    """Return every address that the resolver knows, but for those that no name leads to.

    The moderation desk has a matrix of its own, which lists each of its addresses:
    `tests.community.moderation.test_matrix`.
    """
    known = _doors(get_resolver().url_patterns, "", ())
    return (door for door in known if not door.route.startswith(DESK))


def _doors(patterns: list, prefix: str, names: tuple[str, ...]) -> Iterator[Door]:
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inside = (*names, pattern.namespace) if pattern.namespace else names
            yield from _doors(pattern.url_patterns, route, inside)
        elif pattern.name:
            yield Door(":".join((*names, pattern.name)), route)


@dataclass(frozen=True)
class Answer:
    """What came back: a status, where it leads, and which tables were written to."""

    status: int
    leads_to: str
    written: frozenset[str]

    @property
    def is_refusal(self) -> bool:
        """Whether the door stayed shut: for someone else, not there, or not for this method.

        Wagtail leads whoever may not do a thing to the front page of the admin.
        """
        is_shown_out = self.leads_to == "/admin/" or _TO_LOGIN.search(self.leads_to) is not None
        return self.status in {403, 404, 405} or is_shown_out


def prove(client: Client, person: User) -> None:
    """Note in the session that the password was given just now, as allauth does."""
    session = client.session
    given = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [given]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


class Knock:
    """Someone who tries doors; what a try changes is undone."""

    def __init__(self, person: User | None) -> None:
        self._client = Client(headers=SAME_ORIGIN, raise_request_exception=False)
        if person is not None:
            self._client.force_login(person)
            prove(self._client, person)
        self._cookies = self._client.cookies.output(header="", sep=";")

    def on(self, path: str, method: str) -> Answer:
        self._client.cookies.load(self._cookies)
        written: set[str] = set()
        form = {"content_type": FORM} if method == "POST" else {}
        with transaction.atomic(), connection.execute_wrapper(_note_writes(written)):
            response = self._client.generic(method, path, "", **form)
            b"".join(response)  # a file is closed once it is read
            transaction.set_rollback(True)
        Site.clear_site_root_paths_cache()
        leads_to = response.headers.get("Location", "")
        return Answer(response.status_code, leads_to, frozenset(written))


def _note_writes(tables: set[str]) -> Callable:
    """Return what notes the ``tables`` that are written to."""

    def note(execute: Callable, sql: str, *rest: Any) -> Any:
        if found := _WRITES.match(sql):
            tables.add(found.group(1))
        return execute(sql, *rest)

    return note
