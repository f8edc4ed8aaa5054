"""The environment, read loudly: a missing or odd value stops the start and is named.

Every name may also be given as ``NAME_FILE``: the path of a file that holds the value,
as container secrets are handed over.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


@contextmanager
def or_stop() -> Iterator[None]:
    """End the program with one line, and no traceback, when the block finds a value odd."""
    try:
        yield
    except ImproperlyConfigured as reason:
        sys.exit(str(reason))


_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
_MAIL_PORTS = {"smtp": 25, "smtps": 465, "submission": 587}


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


def url(name: str, *, schemes: set[str], default: str | None = None) -> str:
    """Return ``name`` as an address of one of ``schemes``, without a slash at its end."""
    value = text(name, default=default)
    if urlsplit(value).scheme not in schemes:
        wanted = ", ".join(sorted(schemes))
        raise ImproperlyConfigured(f"{name} is not an address that starts with one of: {wanted}.")
    return value.rstrip("/")


def mail_server(name: str) -> dict[str, Any]:
    """Return ``name`` as the options of Django's SMTP backend.

    ``smtp://`` is not encrypted, ``submission://`` turns to TLS after the greeting
    (port 587), and ``smtps://`` speaks TLS from the start (port 465).
    """
    parts = urlsplit(url(name, schemes=set(_MAIL_PORTS)))
    try:
        port = parts.port or _MAIL_PORTS[parts.scheme]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}.") from error
    if not parts.hostname:
        raise ImproperlyConfigured(f"{name} names no mail server.")
    return {
        "host": parts.hostname,
        "port": port,
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
