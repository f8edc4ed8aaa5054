"""Addresses under ``/reacties/``."""

from django.urls import path

from community.comments import feeds
from community.comments.views import appreciating, confirming, devices, live, posting, reading

app_name = "comments"
urlpatterns = [
    path("bevestigen/<str:token>/", confirming.confirm, name="confirm"),
    path("bevestigen/<str:token>/opnieuw/", confirming.ask_again, name="ask_again"),
    path("apparaat/vergeten/", devices.forget, name="forget_device"),
    path("feed.atom", feeds.site, name="feed"),
    path("voorbeeld/", live.preview, name="preview"),
    path("<int:page_id>/", posting.post, name="post"),
    path("<int:page_id>/feed.atom", feeds.page, name="page_feed"),
    path("<int:page_id>/nieuw/", live.news, name="news"),
    path("<int:page_id>/verstuurd/", posting.posted, name="posted"),
    path("<int:page_id>/eigen/", appreciating.own, name="own"),
    path("<uuid:public_id>/waardering/", appreciating.appreciate, name="appreciate"),
    path("<uuid:public_id>/", reading.permalink, name="permalink"),
    path("<uuid:public_id>/antwoorden/", posting.replies, name="replies"),
]
