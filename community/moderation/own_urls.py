"""Addresses of a writer's own comment and of notices by readers, under ``/reacties/``."""

from django.urls import path

from community.moderation.views import improving, notices, own

app_name = "own"
urlpatterns = [
    path("<uuid:public_id>/stand/", own.state, name="state"),
    path("<uuid:public_id>/wijzigen/", own.edit, name="edit"),
    path("<uuid:public_id>/verwijderen/", own.delete, name="delete"),
    path("<uuid:public_id>/bezwaar/", own.object_to, name="object"),
    path("<uuid:public_id>/opnieuw/", improving.again, name="again"),
    path("<uuid:public_id>/melden/", notices.notify, name="notify"),
    path("melding/<str:token>/", notices.notice, name="notice"),
]
