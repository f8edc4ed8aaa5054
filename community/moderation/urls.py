"""Addresses under ``/admin/reacties/``."""

from django.urls import path

from community.moderation.views import (
    desk,
    dossier,
    figures,
    judging,
    log,
    own_posts,
    reminders,
    together,
    wording,
)

app_name = "moderation"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("samen/", together.ask, name="together"),
    path("samen/doen/", together.act, name="together_do"),
    path("samen/terug/<int:act_id>/", together.undo, name="undo_together"),
    path("terug/<int:act_id>/", desk.undo, name="undo"),
    path("bezwaar/<int:objection_id>/", judging.judge, name="judge"),
    path("zaak/<int:case_id>/", judging.keep, name="keep"),
    path("bericht/", reminders.reminders, name="reminders"),
    path("cijfers/", figures.figures, name="figures"),
    path("logboek/", log.log, name="log"),
    path("logboek/export.csv", log.export_csv, name="log_csv"),
    path("logboek/export.json", log.export_json, name="log_json"),
    path("mijn-berichten/", own_posts.comments, name="own_posts"),
    path("mijn-berichten/<uuid:public_id>/antwoord/", own_posts.answer, name="own_posts_answer"),
    path("mijn-berichten/<uuid:public_id>/vasthouden/", own_posts.hold, name="own_posts_hold"),
    path("<uuid:public_id>/", dossier.comment, name="dossier"),
    path("<uuid:public_id>/", dossier.comment, name="decide"),
    path("<uuid:public_id>/toewijzen/", dossier.assign, name="assign"),
    path("<uuid:public_id>/notitie/", dossier.note, name="note"),
    path("<uuid:public_id>/tweede-mening/", dossier.second_opinion, name="second_opinion"),
    path("<uuid:public_id>/tekst/", wording.text, name="text"),
]
