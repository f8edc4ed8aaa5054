"""Addresses under ``/mijn/``; those of allauth's doors stand in `account_urls`."""

from django.urls import path

from community.members.views import (
    data,
    entering,
    home,
    leaving,
    notifications,
    profile,
    subscription,
)

app_name = "members"
urlpatterns = [
    path("", home.home, name="home"),
    path("inloggen/", entering.login, name="login"),
    path("uitloggen/", entering.logout, name="logout"),
    path("fragment/", home.fragment, name="fragment"),
    path("naam/", profile.name, name="name"),
    path("berichten/", notifications.notifications, name="notifications"),
    path("overzicht/stoppen/", subscription.end, name="end_subscription"),
    path("gegevens.json", data.export, name="export"),
    path("opheffen/", leaving.erase, name="erase"),
    path("opgeheven/", leaving.erased, name="erased"),
]
