"""What every installation shares. What differs stands in demo, test and production."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import openid
from config.mailers import mail_through
from config.settings.accounts import *

ROOT_DIR = Path(__file__).resolve().parents[3]

DEBUG = False

INSTALLED_APPS = [
    "config",
    "home",
    "blog",
    "tools",
    "community.members",
    "community.digests",
    "community.moderation",
    "community.notifications",
    "community.subscriptions",
    "exchange",
    "mail",
    "core",
    "users",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.sites",
    "django.contrib.messages",
    "django.contrib.postgres",  # the index that Wagtail searches there; Django 6.1 insists
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_comments_xtd",
    "django_comments",
    "community.comments",  # after the packages: it silences their receivers
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.SecurityPolicyMiddleware",
    "core.middleware.refuse_odd_requests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "community.members.marking.mark_members",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.site",
            ],
        },
    },
]

AUTH_USER_MODEL = "users.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "nl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [ROOT_DIR / "site" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = WAGTAIL_I18N_ENABLED = True
FORMAT_MODULE_PATH = ["core.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = ROOT_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_URL = "/media/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = [
    "templates.W003",  # our `comments` tags are meant to hide those of the package
    "security.W019",  # Wagtail shows previews in a frame of its own, see X_FRAME_OPTIONS
]
SITE_ID = 1  # django-comments asks for django.contrib.sites; addresses come from BASE_URL
TEST_RUNNER = "django.test.runner.DiscoverRunner"

# Each process keeps the members' limits in memory. Django's 300 entries are full after some
# hundred tries at other names, and then the oldest counts are forgotten; these are 40 MB at most.
# Wagtail keeps its sizes of pictures apart, so that they push out no counts.
_IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": _IN_MEMORY, "OPTIONS": {"MAX_ENTRIES": 100_000}},
    "renditions": {
        "BACKEND": _IN_MEMORY,
        "LOCATION": "renditions",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}

TRUSTED_PROXIES: list = []  # networks whose X-Forwarded-For we believe

# A request is at most this large in memory; public forms are held to far less by their views.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews in a frame of its own
CSRF_FAILURE_VIEW = "core.views.csrf_failure"

# Readers' pages: nothing inline, nothing from elsewhere but the video that a reader starts.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF, "https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "base-uri": [NONE],
        "form-action": [SELF, *openid.origins(SOCIALACCOUNT_PROVIDERS)],
        "frame-ancestors": [SELF],
        "object-src": [NONE],
    },
}
# The Wagtail admin still writes a few styles and scripts inline (architecture.md, traps).
ADMIN_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "object-src": [NONE],
}

WAGTAIL_SITE_NAME = "Estafette"
WAGTAILIMAGES_IMAGE_MODEL = "core.CustomImage"
WAGTAILIMAGES_JPEG_QUALITY = 70  # of the pictures in mails; pages show WebP
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_USER_LOGIN_FORM = "community.members.forms.editors.EditorsLoginForm"
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # members.addresses asks for proof
WAGTAIL_PASSWORD_RESET_ENABLED = False  # members.urls has one that tells nobody who has an account
# Videos are our own block, so no oEmbed request ever leaves.
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}

# Wagtail's own background work: indexing for search, who refers to what, deleting files.
TASKS = {"default": {"BACKEND": "core.task_backend.DatabaseBackend"}}

COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MODEL = "community.comments.models.Comment"
COMMENTS_XTD_MAX_THREAD_LEVEL = 3
COMMENTS_XTD_THREADED_EMAILS = False
COMMENT_MAX_LENGTH = 3000

# Celery only carries the knock on the door; the database is the truth.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a broker that comes back finds everyone waiting
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 2}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 0}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False

# /.well-known/security.txt: whom to tell, and until when that holds (RFC 9116: under a year).
SECURITY_CONTACT = ""  # a URI; empty means a mail to DEFAULT_FROM_EMAIL
SECURITY_TXT_EXPIRES = datetime(2027, 10, 31, tzinfo=UTC)

globals().update(mail_through())
# That anybody can make us send with a form, and as many again to log in with; more are held
# (mail.limits).
FORM_MAILS_PER_HOUR = 200
NOTIFICATIONS_WAIT = timedelta(minutes=5)  # from the first of what one mail then tells
EMAIL_SUBJECT_PREFIX = ""
ANYMAIL: dict[str, str] = {}  # mail providers may tell us nothing; see `config.providing`

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"tokens": {"()": "config.logs.WithoutTokens"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["tokens"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # One knock every two seconds would bury what matters; failures are still logged.
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
