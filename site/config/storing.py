"""Where uploads are kept: in a folder, or in a bucket of an S3-compatible storage.

The folder is ``MEDIA_ROOT``, found at ``MEDIA_URL``. The bucket is ``STORAGE_URL``:
``s3://key:secret@host/bucket?region=…``, or ``s3+http://`` without encryption, within
one's own network. Readers' browsers fetch uploads from the bucket itself, or from
``&address=https://…`` when something stands before it, such as this site's own proxy;
so pictures, in ``images/`` and ``avatar_images/``, must be readable there without a key.
Nothing else needs to be: the site reads documents and originals with its own.
"""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env

BUCKET = "STORAGE_URL"
FOLDER = ("MEDIA_ROOT", "MEDIA_URL")
WORDS = {"region", "address"}
BACKEND = "config.bucket.BucketStorage"
CONNECT_TIMEOUT, READ_TIMEOUT = 3, 20  # seconds; an upload waits for this
ATTEMPTS = 2


def uploads(*, folder: Path, storages: dict[str, Any]) -> dict[str, Any]:
    """Return the settings for uploads, as the environment says; ``folder`` is the default.

    ``storages`` is ``STORAGES`` so far. Raises `ImproperlyConfigured`.
    """
    if not env.text(BUCKET, default=""):
        return {
            "MEDIA_ROOT": env.text("MEDIA_ROOT", default=str(folder)),
            "MEDIA_URL": _address("MEDIA_URL", env.text("MEDIA_URL", default="/media/")),
        }
    for name in FOLDER:
        if env.text(name, default=""):
            raise ImproperlyConfigured(f"{name} and {BUCKET} exclude each other.")
    env.require(BUCKET, package="storages", extra="storage")
    env.require(BUCKET, package="boto3", extra="storage")
    return {"STORAGES": storages | {"default": {"BACKEND": BACKEND}}} | _bucket()


def let_in(media_url: str, policy: dict[str, list[str]], *, base_url: str) -> None:
    """Add to a security policy where pictures and videos come from besides this site."""
    media, own = urlsplit(media_url), urlsplit(base_url)
    if media.netloc and media[:2] != own[:2]:
        for name in ("img-src", "media-src"):
            allowed = policy.get(name, policy["default-src"])
            policy[name] = [*allowed, f"{media.scheme}://{media.netloc}"]


def _bucket() -> dict[str, Any]:
    """Return the settings of the bucket, by the names that django-storages gives them.

    They are not options of the storage: Wagtail hands those to background tasks,
    which write down what they are given, and a secret is among them.
    """
    parts = urlsplit(env.url(BUCKET, schemes={"s3", "s3+http"}))
    bucket = unquote(parts.path.strip("/"))
    if not bucket or "/" in bucket or not parts.username or not parts.password:
        raise ImproperlyConfigured(f"{BUCKET} is not like s3://key:secret@host/bucket.")
    scheme = "https" if parts.scheme == "s3" else "http"
    host = f"{scheme}://{parts.netloc.rpartition('@')[2]}"
    words = _words(parts)
    address = urlsplit(_address(BUCKET, words.get("address", f"{host}/{bucket}") + "/"))
    return {
        "AWS_S3_ACCESS_KEY_ID": unquote(parts.username),
        "AWS_S3_SECRET_ACCESS_KEY": unquote(parts.password),
        "AWS_STORAGE_BUCKET_NAME": bucket,
        "AWS_S3_ENDPOINT_URL": host,
        "AWS_S3_REGION_NAME": words.get("region", "us-east-1"),
        "AWS_S3_URL_PROTOCOL": f"{address.scheme}:",
        "AWS_S3_CUSTOM_DOMAIN": (address.netloc + address.path).rstrip("/"),
        "AWS_S3_FILE_OVERWRITE": False,
        "AWS_QUERYSTRING_AUTH": False,
        "AWS_S3_OBJECT_PARAMETERS": {"CacheControl": "public, max-age=31536000"},
        "AWS_S3_CLIENT_CONFIG": _client(),
        "MEDIA_URL": address.geturl(),
        # A private document is shown to those who may see it, and not by a public address.
        "WAGTAILDOCS_SERVE_METHOD": "serve_view",
    }


def _words(parts: SplitResult) -> dict[str, str]:
    words = {word: values[-1].rstrip("/") for word, values in parse_qs(parts.query).items()}
    if odd := sorted(set(words) - WORDS):
        raise ImproperlyConfigured(f"{BUCKET} has odd words after its question mark: {odd}.")
    return words


def _address(name: str, value: str) -> str:
    """Return ``value`` if uploads can be found at it: a path or a whole address."""
    if not value.startswith(("/", "https://", "http://")) or not value.endswith("/"):
        raise ImproperlyConfigured(f"{name}: uploads are at a path or an address that ends in /.")
    return value


def _client() -> Any:
    """Return how to speak: in the way that storages other than Amazon's understand too."""
    from botocore.config import Config

    return Config(
        s3={"addressing_style": "path"},
        signature_version="s3v4",
        connect_timeout=CONNECT_TIMEOUT,
        read_timeout=READ_TIMEOUT,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
