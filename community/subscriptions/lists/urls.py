"""Addresses under ``/admin/abonnees/``."""

from django.urls import path

from community.subscriptions.lists import screens

app_name = "subscribers"

urlpatterns = [
    path("export.csv", screens.export, name="export"),
    path("importeren/", screens.take, name="import"),
]
