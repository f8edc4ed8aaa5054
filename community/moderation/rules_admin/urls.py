"""Addresses under ``/admin/reacties/``."""

from django.urls import path

from community.moderation.rules_admin import rules, writers

app_name = "rules"
urlpatterns = [
    path("regels/", rules.index, name="index"),
    path("regels/nieuw/", rules.add, name="add"),
    path("regels/<int:pk>/", rules.edit, name="edit"),
    path("regels/<int:pk>/beeindigen/", rules.end, name="end"),
    path("regels/<int:pk>/verwijderen/", rules.delete, name="delete"),
    path("schrijvers/<uuid:public_id>/", writers.writer, name="writer"),
]
