"""Addresses of digests; they stand in mails, so they stay."""

from django.urls import path

from community.digests import views

app_name = "digests"

urlpatterns = [path("overzicht/<uuid:public_id>/", views.edition, name="edition")]
