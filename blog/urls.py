"""The chains, authors and tags, and what feed readers follow."""

from django.urls import path

from blog import feeds, views

app_name = "blog"
urlpatterns = [
    path("blog/feed.atom", feeds.PostsFeed(), name="feed"),
    path("keten/", views.chains, name="chains"),
    path("keten/<slug:slug>/", views.chain, name="chain"),
    path("keten/<slug:slug>/feed.atom", feeds.ChainFeed(), name="chain_feed"),
    path("auteurs/<str:key>/", views.author, name="author"),
    path("onderwerpen/<str:slug>/", views.tag, name="tag"),
]
