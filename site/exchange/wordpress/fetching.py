"""Fetching a picture from an address that somebody else wrote down.

An export may name any address, also one inside our own network. So: only http and
https, only addresses that are public, the connection goes to the very address that
was checked, and every redirect is checked again.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from io import BytesIO
from urllib.parse import SplitResult, quote, urljoin

from PIL import Image, UnidentifiedImageError

from exchange.wordpress.records import split

TIMEOUT = 10  # seconds without an answer
DEADLINE = 30  # seconds for a whole picture
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_REDIRECTS = 3
FORMATS = {"GIF": "gif", "JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}


class Unreachable(Exception):
    """A picture cannot be had, or is no picture. Says why."""


def picture(address: str) -> tuple[bytes, str]:
    """Return the bytes of the picture at ``address``, and the ending its file should have.

    Raises `Unreachable`.
    """
    deadline = time.monotonic() + DEADLINE
    try:
        content = _content(address, deadline)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable("it cannot be reached") from error
    return content, _ending(content)


def check(host: str, port: int) -> str:
    """Return the first IP address of ``host``, provided that all of them are public.

    Raises `Unreachable` when one is not: a name with a public and a private address
    is a known way around such a check.
    """
    found = [row[4][0] for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(_is_public(str(address)) for address in found):
        raise Unreachable("its address is not a public one")
    return str(found[0])


# Addresses that a gateway turns into others, which may be this machine's own (RFC 6052, 8215).
_TRANSLATED = [ipaddress.ip_network(name) for name in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")]


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    if any(found in network for network in _TRANSLATED if network.version == found.version):
        return False
    return (mapped or found).is_global and not (mapped or found).is_multicast


def _content(address: str, deadline: float) -> bytes:
    for _ in range(MAX_REDIRECTS + 1):
        with _Request(address) as response:
            if response.status in {301, 302, 303, 307, 308}:
                address = urljoin(address, response.getheader("Location", ""))
                continue
            return _body(response, deadline)
    raise Unreachable("it redirects too often")


def _body(response: http.client.HTTPResponse, deadline: float) -> bytes:
    if response.status != http.HTTPStatus.OK:
        raise Unreachable(f"it answers {response.status}")
    content = bytearray()
    while part := response.read1(65536):
        content += part
        if len(content) > MAX_BYTES:
            raise Unreachable("it is larger than 10 MiB")
        if time.monotonic() > deadline:
            raise Unreachable("it takes too long")
    return bytes(content)


def _ending(content: bytes) -> str:
    try:
        with Image.open(BytesIO(content), formats=list(FORMATS)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Unreachable("it has too many pixels")
            image.verify()
            return FORMATS[image.format or ""]
    except (UnidentifiedImageError, OSError, SyntaxError, KeyError, ValueError) as error:
        raise Unreachable("it is no picture") from error
    except Image.DecompressionBombError as error:
        raise Unreachable("it has too many pixels") from error


class _Request:
    """One GET, over a connection to an address that was checked."""

    def __init__(self, address: str) -> None:
        self.parts = split(address)
        if self.parts.scheme not in {"http", "https"} or not self.parts.hostname:
            raise Unreachable("it is no web address")
        self.connection = _connection(self.parts)

    def __enter__(self) -> http.client.HTTPResponse:
        try:
            return self._answer()
        except BaseException:
            self.connection.close()
            raise

    def _answer(self) -> http.client.HTTPResponse:
        target = quote(self.parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        if self.parts.query:
            target += "?" + quote(self.parts.query, safe="/%:@!$&'()*+,;=~-._?")
        headers = {"User-Agent": "Estafette import", "Accept": "image/*"}
        self.connection.request("GET", target, headers=headers)
        return self.connection.getresponse()

    def __exit__(self, *details: object) -> None:
        self.connection.close()


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    host, is_secure = str(parts.hostname), parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    address = check(host, port)
    kind = http.client.HTTPSConnection if is_secure else http.client.HTTPConnection
    connection = kind(host, port, timeout=TIMEOUT)
    connection.sock = socket.create_connection((address, port), timeout=TIMEOUT)
    if is_secure:
        context = ssl.create_default_context()
        connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
    return connection
