"""Where mail providers tell what became of mails; nothing comes in here as mail."""

from anymail import urls
from django.urls import path

from mail.webhooks import guarded

urlpatterns = [
    path(str(found.pattern), guarded(found.callback), name=found.name)
    for found in urls.urlpatterns
    if str(found.pattern).endswith("/tracking/")
]
