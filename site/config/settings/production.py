"""Settings for a real installation; everything that varies comes from the environment."""

from config import env, providing, reporting, storing
from config.settings.base import *

with env.or_stop():
    DEMO = False
    SECRET_KEY = env.secret("SECRET_KEY")
    BASE_URL = WAGTAILADMIN_BASE_URL = env.url("BASE_URL", schemes={"https", "http"})
    ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS")
    CSRF_TRUSTED_ORIGINS = [BASE_URL]
    TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")

    DATABASES = {"default": env.database("DATABASE_URL")}
    CELERY_BROKER_URL = env.broker("REDIS_URL")

    globals().update(mail_through(**env.mail_server("EMAIL_URL")))
    DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.sender("DEFAULT_FROM_EMAIL")
    FORM_MAILS_PER_HOUR = env.number(
        "FORM_MAILS_PER_HOUR", default=FORM_MAILS_PER_HOUR, within=range(1, 1_000_000)
    )
    SECURITY_CONTACT = env.contact("SECURITY_CONTACT")

    globals().update(storing.uploads(folder=ROOT_DIR / "media", storages=STORAGES))
    storing.let_in(MEDIA_URL, CONTENT_SECURITY_POLICY["DIRECTIVES"], base_url=BASE_URL)
    storing.let_in(MEDIA_URL, ADMIN_SECURITY_POLICY, base_url=BASE_URL)
    reporting.start()
    ANYMAIL = providing.webhook()

    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]  # a load balancer asks without TLS
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
