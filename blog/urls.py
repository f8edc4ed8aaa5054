"""The chains, and what feed readers follow."""

from django.urls import path

from blog import feeds, views

app_name = "blog"
urlpatterns = [
    path("blog/feed.atom", feeds.PostsFeed(), name="feed"),
    path("keten/", views.chains, name="chains"),
    path("keten/<slug:slug>/", views.chain, name="chain"),
    path("keten/<slug:slug>/feed.atom", feeds.ChainFeed(), name="chain_feed"),
]
