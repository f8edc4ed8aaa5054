"""Halves of characters, which browsers never send and programs sometimes do."""

from urllib.parse import quote_from_bytes

from django.test import Client

URLENCODED = "application/x-www-form-urlencoded"


def post(client: Client, address: str, data: dict[str, str], *, content_type=URLENCODED):
    """Send ``data``, in which ``\\ud800`` and the like may stand, as bytes that are no UTF-8."""
    pairs = [
        f"{name}={quote_from_bytes(value.encode('utf-8', 'surrogatepass'))}"
        for name, value in data.items()
    ]
    headers = {"Sec-Fetch-Site": "same-origin"}
    body = "&".join(pairs)
    return client.generic("POST", address, body, content_type=content_type, headers=headers)
