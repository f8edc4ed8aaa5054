"""Settings for the suite: one database named by ``DATABASE_URL``, the rest as in production."""

import os
import tempfile
from pathlib import Path

import dj_database_url

from config.settings.base import *

DEMO = False
BASE_URL = WAGTAILADMIN_BASE_URL = "https://estafette.example.org"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1", "estafette.example.org"]
SECRET_KEY = "only for tests, and long enough to be taken as a key"  # noqa: S105

TEST_DIR = Path(os.environ.get("TEST_DIR", ROOT_DIR / ".test")).resolve()
TEST_DIR.mkdir(parents=True, exist_ok=True)

if os.environ.get("DATABASE_URL", "sqlite").startswith("sqlite"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": TEST_DIR / "db.sqlite3",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
            },
            # A file, not memory: several threads then lock as they do in real life.
            "TEST": {"NAME": TEST_DIR / "test.sqlite3"},
        }
    }
else:
    DATABASES = {"default": dj_database_url.config()}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = TEST_DIR / "static"  # empty: WhiteNoise only wants it to be there
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_ROOT = Path(tempfile.gettempdir()) / "estafette-test-media"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

CELERY_BROKER_URL = os.environ.get("REDIS_URL", "memory://")
DEFAULT_FROM_EMAIL = "Estafette <estafette@example.org>"
# What a test saves can be found at once; `tests/core/test_background.py` does it in the real way.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "modelsearch.backends.database", "AUTO_UPDATE": True}
}
