"""The environment, read loudly: a missing or odd value stops the start and is named.

Every name may also be given as ``NAME_FILE``: the path of a file that holds the value,
as container secrets are handed over.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email


@contextmanager
def or_stop() -> Iterator[None]:
    """End the program with one line, and no traceback, when the block finds a value odd."""
    try:
        yield
    except ImproperlyConfigured as reason:
        sys.exit(str(reason))


def require(name: str, *, package: str, extra: str) -> None:
    """Raise `ImproperlyConfigured` when ``name`` needs a package that is not installed."""
    if find_spec(package) is None:
        raise ImproperlyConfigured(
            f'{name} needs the packages of the extra "{extra}": install requirements-extras.lock.'
        )


_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
_MAIL_PORTS = {"smtp": 25, "smtps": 465, "submission": 587}
_ON_SOCKETS = {"postgres", "postgresql", "redis+socket"}  # these may name no host
_PORTS = range(1, 65536)


def _raw(name: str) -> str | None:
    path = os.environ.get(f"{name}_FILE")
    if path is None:
        return os.environ.get(name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE={path!r} cannot be read: {error}.") from error


def text(name: str, *, default: str | None = None) -> str:
    """Return ``name``; raise `ImproperlyConfigured` when it is missing and has no default."""
    value = _raw(name)
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is missing from the environment.")
    return default


def secret(name: str, *, min_length: int = 32) -> str:
    """Return ``name``; raise when it is shorter than ``min_length`` characters."""
    value = text(name)
    if len(value) < min_length:
        raise ImproperlyConfigured(f"{name} is shorter than {min_length} characters.")
    return value


def boolean(name: str, *, default: bool) -> bool:
    """Return ``name`` as a bool; accepts 1/0, true/false, yes/no, on/off."""
    value = _raw(name)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is not a yes or a no.")


def words(name: str, *, default: list[str] | None = None) -> list[str]:
    """Return ``name`` split at commas; raise when nothing is in it and there is no default."""
    value = [word.strip() for word in (_raw(name) or "").split(",") if word.strip()]
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is missing from the environment.")
    return default


def hosts(name: str) -> list[str]:
    """Return ``name`` as host names for ``ALLOWED_HOSTS``; raise for an address in their place."""
    value = words(name)
    if any("/" in word for word in value):
        raise ImproperlyConfigured(f"{name} wants host names alone, such as www.example.org.")
    return value


def number(name: str, *, default: int, within: range) -> int:
    """Return ``name`` as a number in ``within``."""
    value = text(name, default=str(default))
    if not (value.isascii() and value.isdigit() and len(value) < 10 and int(value) in within):
        bounds = f"{within.start} to {within.stop - 1}"
        raise ImproperlyConfigured(f"{name}={value!r} is not a number from {bounds}.")
    return int(value)


def port(name: str, *, default: int) -> int:
    """Return ``name`` as a port to listen on."""
    return number(name, default=default, within=_PORTS)


def folder(name: str, *, default: Path) -> Path:
    """Return ``name`` as a whole path to a folder, which is made when it is not there."""
    value = Path(text(name, default=str(default)))
    try:
        value.mkdir(parents=True, exist_ok=True)
        return value.resolve()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}={str(value)!r} can be no folder: {error}.") from error


def sender(name: str) -> str:
    """Return ``name`` as a mail address, with or without a name before it."""
    value = text(name)
    try:
        validate_email(parseaddr(value)[1])
    except ValidationError as error:
        raise ImproperlyConfigured(f"{name}={value!r} is no mail address.") from error
    return value


def url(name: str, *, schemes: set[str], default: str | None = None) -> str:
    """Return ``name`` as an address of one of ``schemes``, without a slash at its end."""
    value = text(name, default=default)
    if _split(name, value).scheme not in schemes:
        wanted = ", ".join(sorted(schemes))
        raise ImproperlyConfigured(f"{name} is not an address that starts with one of: {wanted}.")
    return value.rstrip("/")


def _split(name: str, value: str) -> SplitResult:
    """Take the address ``value`` apart.

    Python's own words about an odd one may hold a part of the password, so ours do not.
    """
    try:
        parts = urlsplit(value)
        is_odd = parts.port == 0
    except ValueError:
        is_odd = True
    if is_odd:
        raise ImproperlyConfigured(
            f"{name} is an odd address: look at its host and port, and write"
            " odd characters of a password as %XX."
        )
    if parts.scheme and not parts.hostname and parts.scheme not in _ON_SOCKETS:
        raise ImproperlyConfigured(f"{name} names no host.")
    return parts


def contact(name: str) -> str:
    """Return ``name`` as a link to a page, a mailbox or a telephone; empty when it is not set."""
    value = text(name, default="")
    scheme, _, rest = value.partition(":")
    if value and not (rest and scheme in {"https", "mailto", "tel"}):
        raise ImproperlyConfigured(f"{name} does not start with https:, mailto: or tel:.")
    return value


def database(name: str) -> dict[str, Any]:
    """Return ``name`` as the settings of a PostgreSQL database, whose connections are kept."""
    value = url(name, schemes={"postgres", "postgresql"})
    try:
        found: dict[str, Any] = dict(
            dj_database_url.parse(value, conn_max_age=60, conn_health_checks=True)
        )
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} cannot be read as a database's address.") from error
    if not found["NAME"]:
        raise ImproperlyConfigured(f"{name} names no database.")
    return found


def broker(name: str) -> str:
    """Return ``name`` as the address of a Redis or Valkey; a path is the number of its database."""
    value = url(name, schemes={"redis", "rediss", "redis+socket"})
    parts = urlsplit(value)
    inner = parts.path.strip("/")
    if parts.scheme != "redis+socket" and inner and not inner.isdecimal():
        raise ImproperlyConfigured(f"{name} does not end in the number of a database.")
    return value


def mail_server(name: str) -> dict[str, Any]:
    """Return ``name`` as the options of Django's SMTP backend.

    ``smtp://`` is not encrypted, ``submission://`` turns to TLS after the greeting
    (port 587), and ``smtps://`` speaks TLS from the start (port 465).
    """
    parts = urlsplit(url(name, schemes=set(_MAIL_PORTS)))
    return {
        "host": parts.hostname,
        "port": parts.port or _MAIL_PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "submission",
        "use_ssl": parts.scheme == "smtps",
    }


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Return ``name`` as networks, such as ``10.0.0.0/8,::1``; empty when it is not set."""
    try:
        return [ip_network(word) for word in words(name, default=[])]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}.") from error
