"""Addresses under ``/admin/reacties/``."""

from django.urls import path

from community.moderation.views import desk, dossier

app_name = "moderation"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("<uuid:public_id>/", dossier.comment, name="dossier"),
    path("<uuid:public_id>/", dossier.comment, name="decide"),
    path("<uuid:public_id>/toewijzen/", dossier.assign, name="assign"),
    path("<uuid:public_id>/notitie/", dossier.note, name="note"),
    path("<uuid:public_id>/tweede-mening/", dossier.second_opinion, name="second_opinion"),
    path("<uuid:public_id>/tekst/", dossier.text, name="text"),
]
