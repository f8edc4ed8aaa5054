"""Addresses of the subscription's pages; they stand in mails, so they stay."""

from django.urls import path

from community.subscriptions.views import preferences, subscribing

app_name = "subscriptions"

urlpatterns = [
    path("abonneren/", subscribing.subscribe, name="subscribe"),
    path("abonneren/bevestigen/<str:token>/", subscribing.confirm, name="confirm"),
    path("afmelden/<str:token>/", subscribing.unsubscribe, name="unsubscribe"),
    path("voorkeuren/<str:token>/", preferences.change, name="preferences"),
    path("voorkeuren/<str:token>/gegevens.json", preferences.export, name="export"),
    path("voorkeuren/<str:token>/wissen/", preferences.erase, name="erase"),
]
