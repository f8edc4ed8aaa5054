"""Addresses under ``/admin/reacties/``."""

from django.urls import path

from community.moderation.views import desk, judging, together

app_name = "moderation"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("samen/", together.ask, name="together"),
    path("samen/doen/", together.act, name="together_do"),
    path("terug/<int:act_id>/", desk.undo, name="undo"),
    path("bezwaar/<int:objection_id>/", judging.judge, name="judge"),
    path("<uuid:public_id>/", desk.decide, name="decide"),
]
