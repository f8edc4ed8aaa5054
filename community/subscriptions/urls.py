"""Addresses of the subscription's pages; they stand in mails, so they stay."""

from django.urls import path

from community.subscriptions import views

app_name = "subscriptions"

urlpatterns = [
    path("abonneren/", views.subscribe, name="subscribe"),
    path("abonneren/bevestigen/<str:token>/", views.confirm, name="confirm"),
    path("afmelden/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
