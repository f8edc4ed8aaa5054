"""The place of rules and writers in the Wagtail admin."""

from django.urls import URLResolver, include, path
from wagtail import hooks


@hooks.register("register_admin_urls")
def register_rules() -> list[URLResolver]:
    return [path("reacties/", include("community.moderation.rules_admin.urls"))]
