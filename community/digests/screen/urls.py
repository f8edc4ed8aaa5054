"""Addresses under ``/admin/overzichten/``."""

from django.urls import path

from community.digests.screen import views

app_name = "overzichten"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("proef/", views.try_out, name="try"),
    path("test/", views.test, name="test"),
    path("inleiding/", views.introduce, name="introduce"),
    path("vasthouden/", views.hold, name="hold"),
    path("vrijgeven/", views.release, name="release"),
]
