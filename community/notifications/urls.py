"""Addresses under ``/reacties/`` for following; they stand in mails, so they stay."""

from django.urls import path

from community.notifications import views

app_name = "notifications"
urlpatterns = [
    path("<int:page_id>/volgen/", views.follow, name="follow"),
    path("volgen/bevestigen/<str:token>/", views.confirm, name="confirm"),
    path("volgen/stoppen/<str:token>/", views.stop, name="stop"),
    path("berichten/stoppen/<str:token>/", views.stop_all, name="stop_all"),
]
