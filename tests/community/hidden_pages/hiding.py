"""Ways to hide a page, and every address below ``/reacties/`` that could tell of it.

A new address is asked too, or fails here until it says what it needs."""

import re

from django.contrib.auth.models import Group
from django.test import Client

from blog.models import BlogPage
from tests.config.doors import doors

WORD = re.compile(r"<\w+:(\w+)>")
ROUTES = {
    door.name: set(WORD.findall(door.route))
    for door in doors()
    if door.route.startswith("reacties/")
}
ABOUT_A_PAGE = [name for name, words in ROUTES.items() if words == {"page_id"}]
ABOUT_A_COMMENT = [name for name, words in ROUTES.items() if words == {"public_id"}]
BY_TOKEN = [
    "comments:confirm",
    "comments:ask_again",
    "notifications:confirm",
    "notifications:stop",
    "notifications:stop_all",
    "own:notice",
]
TITLE = "Kanarietitel"
INTRODUCTION = "Kanarie-inleiding"
TEXT = "Kanarietekst"
WORDS = "Kanariewoorden"
WRITER = "Karel Kanarie"
CANARY = re.compile("kanarie", re.IGNORECASE)
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
FIELDS = {
    "name": "Noor",
    "email": "noor@example.org",
    "comment": "Mag ik ook iets zeggen?",
    "objection": "Dat is niet waar.",
}


def nobody_published(page):
    BlogPage.objects.filter(pk=page.pk).update(live=False, first_published_at=None)


def someone_unpublished(page):
    page.unpublish()


def comments_are_off(page):
    BlogPage.objects.filter(pk=page.pk).update(comments_mode="off")


def comments_are_off_in_the_section(page):
    index = page.get_parent().specific
    index.comments_mode = "off"
    index.save()


def only_members_read(page):
    page.view_restrictions.create(restriction_type="login")


def only_members_read_the_section(page):
    page.get_parent().view_restrictions.create(restriction_type="login")


def only_members_read_the_site(page):
    page.get_site().root_page.view_restrictions.create(restriction_type="login")


def who_has_the_password_reads(page):
    page.view_restrictions.create(restriction_type="password", password="geheim")


def one_group_reads(page):
    restriction = page.view_restrictions.create(restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="Kernteam"))


HIDDEN = [
    nobody_published,
    someone_unpublished,
    comments_are_off,
    comments_are_off_in_the_section,
    only_members_read,
    only_members_read_the_section,
    only_members_read_the_site,
    who_has_the_password_reads,
    one_group_reads,
]
ALL_BUT_OFF = [state for state in HIDDEN if "off" not in state.__name__]


def ask(client: Client, method: str, address: str):
    return client.post(address, FIELDS) if method == "POST" else client.generic(method, address)
