"""Addresses under ``/admin/reacties/``."""

from django.urls import path

from community.moderation.views import desk

app_name = "moderation"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("<uuid:public_id>/", desk.decide, name="decide"),
]
