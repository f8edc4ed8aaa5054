"""Every address of the site, from the fixed ones down to Wagtail's pages."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from config import health, machines
from config.sitemaps import SITEMAPS

handler400 = "core.views.bad_request"
handler404 = "core.views.not_found"
handler500 = "core.views.server_error"

# For machines and editors: one address, whatever the language.
urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path(".well-known/security.txt", machines.security_txt, name="security_txt"),
    path("mijn/elders/", include("community.members.openid_urls")),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("robots.txt", machines.robots_txt, name="robots_txt"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
]

if settings.ANYMAIL:
    urlpatterns += [path("post/", include("mail.webhook_urls"))]

# In production a web server in front serves the media files, and mail is real.
if settings.DEMO:
    urlpatterns += [
        path("postvak/", include("config.postvak.urls")),
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
    ]

# Wagtail has a way in of its own, which knows nothing of proven addresses nor of limits.
ONE_LOGIN = RedirectView.as_view(pattern_name="members:login", query_string=True)

# For readers: Dutch at the root, English under /en/.
urlpatterns += i18n_patterns(
    path("reacties/", include("community.comments.urls")),
    path("reacties/", include("community.notifications.urls")),
    path("reacties/", include("community.moderation.own_urls")),
    path("mijn/", include("community.members.urls")),
    path("mijn/", include("community.members.account_urls")),
    path("", include("community.subscriptions.urls")),
    path("", include("community.digests.urls")),
    path("", include("blog.urls")),
    path("", include("tools.urls")),
    path("", include("home.urls")),
    path("_util/login/", ONE_LOGIN, name="wagtailcore_login"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
