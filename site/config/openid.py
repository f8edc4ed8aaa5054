"""Logging in with another organisation's accounts (OpenID Connect), as the environment says.

Without ``OIDC_URL`` there is no such way in. With it come ``OIDC_NAME`` (on the
button), ``OIDC_CLIENT_ID`` and ``OIDC_CLIENT_SECRET``; at the other side, write
down ``<BASE_URL>/mijn/elders/oidc/terug/`` as the address to come back to. What
stands at ``<OIDC_URL>/.well-known/openid-configuration`` is asked when somebody
logs in that way, and not before.
"""

from typing import Any
from urllib.parse import urlsplit

from config import env

NAMES = ("OIDC_NAME", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_URL")
ID = "oidc"  # in the address to come back to


def providers() -> dict[str, Any]:
    """Return allauth's ``SOCIALACCOUNT_PROVIDERS``; empty when nothing is set.

    Raises `ImproperlyConfigured` when only a part is set.
    """
    if not any(env.text(name, default="") for name in NAMES):
        return {}
    app = {
        "provider_id": ID,
        "name": env.text("OIDC_NAME"),
        "client_id": env.text("OIDC_CLIENT_ID"),
        "secret": env.text("OIDC_CLIENT_SECRET"),
        "settings": {"server_url": env.url("OIDC_URL", schemes={"https", "http"})},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def origins(providers: dict[str, Any]) -> list[str]:
    """Return where a login form may lead to besides this site, for the security policy.

    A browser holds the redirect after a form to the same policy as the form.
    """
    apps = [app for provider in providers.values() for app in provider["APPS"]]
    parts = [urlsplit(app["settings"]["server_url"]) for app in apps]
    return [f"{part.scheme}://{part.netloc}" for part in parts]
