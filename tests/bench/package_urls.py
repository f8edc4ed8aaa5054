"""The site's addresses with those of the comments package beside them, which its tree asks for."""

from django.urls import include, path

from config.urls import urlpatterns as ours

urlpatterns = [path("comments/", include("django_comments_xtd.urls")), *ours]
