from django.urls import include, path

from config import urls

urlpatterns = [path("post/", include("mail.webhook_urls")), *urls.urlpatterns]
