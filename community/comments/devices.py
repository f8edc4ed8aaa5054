"""Browsers that may confirm comments by themselves, because their owner asked for that.

The cookie is set only then. It holds a random secret of 128 bits, signed; the
database keeps a hash of it, so that one row can be revoked without the browser.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import HttpRequest, HttpResponse

from community.comments.models import Appreciation, Device

COOKIE = "apparaat"
MARKER = "bekend"  # says to scripts that there is a device; holds no secret and no authority
SALT = "community.comments.devices"
REMEMBERED_FOR = timedelta(days=365)


def remember(response: HttpResponse, *, email: str) -> Device:
    """Make a device for ``email`` and give ``response`` its cookie."""
    token = secrets.token_urlsafe(16)
    device = Device.objects.create(token_hash=_hash(token), email=email)
    secure = settings.SESSION_COOKIE_SECURE
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=SALT,
        max_age=REMEMBERED_FOR,
        httponly=True,
        samesite="Lax",
        secure=secure,
    )
    response.set_cookie(MARKER, "1", max_age=REMEMBERED_FOR, samesite="Lax", secure=secure)
    return device


def of(request: HttpRequest) -> Device | None:
    """Return the device that ``request`` comes from, if it is one that we still remember."""
    token = request.get_signed_cookie(COOKIE, default=None, salt=SALT, max_age=REMEMBERED_FOR)
    if not token:
        return None
    return Device.objects.filter(token_hash=_hash(token), revoked_at__isnull=True).first()


def forget(request: HttpRequest, response: HttpResponse, *, now: datetime) -> None:
    """Revoke the device of ``request`` and take its cookie away; harmless without one."""
    device = of(request)
    if device is not None:
        Device.objects.filter(pk=device.pk).update(revoked_at=now)
    _take_cookies_away(response)


def forget_all(email: str, response: HttpResponse, *, now: datetime) -> int:
    """Revoke every device that has proven ``email``, and take the cookies of this one away.

    Return how many there were: for a device that was lost, nobody has its cookie.
    """
    _take_cookies_away(response)
    known = Device.objects.filter(email__iexact=email.strip(), revoked_at__isnull=True)
    return known.update(revoked_at=now) if email.strip() else 0


def purge(*, now: datetime) -> int:
    """Forget the addresses of devices that were revoked or are too old; return how many.

    What someone appreciated there stays counted, and its row goes on to say that this
    one has counted already; a device that appreciated nothing leaves no row.
    """
    is_over = Q(revoked_at__isnull=False) | Q(created_at__lt=now - REMEMBERED_FOR)
    over = Device.objects.filter(is_over).exclude(email="")
    appreciated = Appreciation.objects.filter(device_id=OuterRef("pk"))
    unused, _rows = over.filter(~Exists(appreciated)).delete()
    nobody = Concat(Value("forgotten:"), Cast("pk", CharField()))
    since = Coalesce("revoked_at", Value(now))
    return unused + over.update(email="", token_hash=nobody, revoked_at=since)


def knows(device: Device | None, email: str) -> bool:
    """Return whether ``device`` has proven ``email``."""
    return device is not None and device.email.lower() == email.strip().lower()


def _take_cookies_away(response: HttpResponse) -> None:
    for cookie in (COOKIE, MARKER):
        response.delete_cookie(cookie, samesite="Lax")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
