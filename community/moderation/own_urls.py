"""Addresses of a writer's own comment and of notices by readers, under ``/reacties/``."""

from django.urls import path

from community.comments.views import devices, improving
from community.moderation.views import notices, own

app_name = "own"
urlpatterns = [
    path("<uuid:public_id>/stand/", own.state, name="state"),
    path("<uuid:public_id>/wijzigen/", own.edit, name="edit"),
    path("<uuid:public_id>/verwijderen/", own.delete, name="delete"),
    path("<uuid:public_id>/bezwaar/", own.object_to, name="object"),
    path("<uuid:public_id>/opnieuw/", improving.improve, name="again"),
    path("<uuid:public_id>/apparaten/", devices.forget_all, name="devices"),
    path("<uuid:public_id>/melden/", notices.notify, name="notify"),
    path("melding/<str:token>/", notices.notice, name="notice"),
]
