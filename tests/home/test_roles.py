import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from blog.models import BlogPage
from home.roles import AUTHORS, EDITORS, MODERATORS, ensure_roles
from home.setup import ensure_site
from tests.factories import AuthorFactory, BlogPageFactory, UserFactory
from tests.standing import stands

pytestmark = pytest.mark.once

LISTS = [
    "wagtailsnippets_blog_chain",
    "wagtailsnippets_blog_author",
    "wagtailsnippets_core_organisation",
]


_tree = stands(ensure_site)


@pytest.fixture
def site_tree(_tree, db):
    return _tree


def log_in(client, group: str | None):
    user = UserFactory()
    if group:
        user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return user


@pytest.fixture
def editor(site_tree, client):
    return log_in(client, EDITORS)


@pytest.fixture
def moderator(site_tree, client):
    return log_in(client, MODERATORS)


@pytest.fixture
def author(site_tree, client):
    return log_in(client, AUTHORS)


def status(client, name: str, *args) -> int:
    return client.get(reverse(name, args=args)).status_code


def post_data(**extra: str) -> dict:
    """What the page editor sends for a short post."""
    text = [("text", rich_text("<p>De tekst.</p>"))]
    fields = {
        "title": "Een nieuw bericht",
        "slug": "een-nieuw-bericht",
        "date": "2026-03-02",
        "author": str(AuthorFactory().pk),
        "introduction": "",
        "image": "",
        "image_alt": "",
        "body": streamfield(text),
        "tags": "",
        "comments_mode": "inherit",
        "comments_days": "",
    }
    return nested_form_data(fields) | extra


def send_new(client, parent, **extra: str):
    address = reverse("wagtailadmin_pages:add", args=["blog", "blogpage", parent.pk])
    return client.post(address, post_data(**extra))


class TestEnsureRoles:
    def test_keeps_what_an_administrator_added(self, site_tree):
        group = Group.objects.get(name=MODERATORS)
        own = Group.objects.get(name=EDITORS).permissions.get(codename="add_chain")
        group.permissions.add(own)

        ensure_roles()

        assert own in group.permissions.all()

    def test_gives_moderators_two_permissions(self, site_tree):
        given = Group.objects.get(name=MODERATORS).permissions

        assert {permission.codename for permission in given.all()} == {
            "access_admin",
            "can_moderate",
        }


class TestAnEditor:
    def test_publishes_a_post(self, editor, client, site_tree):
        send_new(client, site_tree.blog, **{"action-publish": "1"})

        assert BlogPage.objects.get(slug="een-nieuw-bericht").live

    @pytest.mark.parametrize("section", ["home", "blog", "tools"])
    def test_works_in_both_languages(self, editor, client, site_tree, section):
        page = getattr(site_tree, section)

        assert status(client, "wagtailadmin_pages:edit", page.pk) == 200
        english = page.get_translation(site_tree.english)
        assert status(client, "wagtailadmin_pages:edit", english.pk) == 200

    @pytest.mark.parametrize("name", LISTS)
    def test_keeps_chains_authors_and_organisations(self, editor, client, name):
        AuthorFactory()

        assert status(client, f"{name}:list") == 200
        assert status(client, f"{name}:add") == 200

    def test_reaches_the_desk_the_images_and_the_documents(self, editor, client):
        assert status(client, "moderation:desk") == 200
        assert status(client, "wagtailimages:add") == 200
        assert status(client, "wagtaildocs:add") == 200

    def test_takes_over_a_list_of_subscribers_and_sees_none(self, editor, client):
        front = client.get(reverse("wagtailadmin_home")).content.decode()
        page = client.get(reverse("subscribers:import")).content.decode()

        assert reverse("subscribers:import") in front
        assert reverse("abonnementen:index") not in page
        assert status(client, "abonnementen:index") == 302
        assert status(client, "subscribers:export") == 302

    def test_does_not_keep_the_accounts(self, editor, client):
        assert status(client, "wagtailusers_users:index") == 302
        assert status(client, "wagtailusers_groups:index") == 302


class TestAModerator:
    def test_reaches_the_desk(self, moderator, client):
        assert status(client, "wagtailadmin_home") == 200
        assert status(client, "moderation:desk") == 200

    def test_reaches_nothing_else(self, moderator, client, site_tree):
        assert status(client, "wagtailadmin_pages:edit", site_tree.blog.pk) == 302
        assert status(client, "wagtailimages:index") == 302
        assert all(status(client, f"{name}:list") == 302 for name in LISTS)


class TestAnAuthor:
    def test_writes_a_post_that_waits_for_an_editor(self, author, client, site_tree):
        send_new(client, site_tree.blog)

        post = BlogPage.objects.get(slug="een-nieuw-bericht")
        assert not post.live
        assert status(client, "wagtailadmin_pages:edit", post.pk) == 200

    def test_cannot_publish(self, author, client, site_tree):
        send_new(client, site_tree.blog, **{"action-publish": "1"})

        assert not BlogPage.objects.get(slug="een-nieuw-bericht").live

    def test_cannot_change_someone_elses_post(self, author, client, site_tree):
        post = BlogPageFactory(parent=site_tree.blog)

        assert status(client, "wagtailadmin_pages:edit", post.pk) == 302

    def test_cannot_add_a_tool(self, author, client, site_tree):
        parent = site_tree.tools.pk

        assert status(client, "wagtailadmin_pages:add", "tools", "toolpage", parent) == 302

    def test_adds_images(self, author, client):
        assert status(client, "wagtailimages:add") == 200

    def test_does_not_moderate(self, author, client):
        assert status(client, "moderation:desk") in {302, 403}


class TestAMember:
    def test_stays_out_of_the_admin(self, site_tree, client):
        log_in(client, None)

        assert status(client, "wagtailadmin_home") in {302, 403}
        assert status(client, "moderation:desk") in {302, 403}
