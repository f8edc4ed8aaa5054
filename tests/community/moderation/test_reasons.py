import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from community.moderation import reasons
from community.moderation.models import Reason
from home import roles
from tests import factories
from tests.html import text_of

LIST = "wagtailsnippets_moderation_reason:list"
FIELDS = {
    "code": "reclame2",
    "name_nl": "verkapte reclame",
    "name_en": "hidden advertising",
    "text_nl": "Je reactie is reclame.",
    "text_en": "Your comment is advertising.",
    "position": "3",
    "is_used": "on",
}


@pytest.fixture
def editor(client, db):
    user = factories.UserFactory()
    user.groups.add(Group.objects.get(name=roles.EDITORS))
    client.force_login(user)
    return client


def address(name, *args) -> str:
    return reverse(f"wagtailsnippets_moderation_reason:{name}", args=args)


class TestTheReasons:
    def test_stand_under_the_desk(self):
        assert reverse(LIST) == "/admin/reacties/redenen/"

    def test_are_listed(self, editor):
        page = text_of(editor.get(reverse(LIST)))

        assert "gaat niet over dit onderwerp" in page
        assert "not about this subject" in page

    def test_are_added_in_both_languages(self, editor):
        editor.post(address("add"), FIELDS)

        reason = Reason.objects.get(code="reclame2")
        assert (reason.name_in("nl"), reason.name_in("en")) == (
            "verkapte reclame",
            "hidden advertising",
        )
        assert reason in reasons.in_use()

    def test_keep_their_code(self, editor):
        reason = Reason.objects.get(code="hate")

        editor.post(address("edit", reason.pk), {**FIELDS, "code": "anders"})

        reason.refresh_from_db()
        assert (reason.code, reason.name_nl) == ("hate", "verkapte reclame")

    def test_can_be_put_out_of_use(self, editor):
        reason = Reason.objects.get(code="hate")

        editor.post(address("edit", reason.pk), {**FIELDS, "is_used": ""})

        assert reason not in reasons.in_use()
        assert reasons.find("hate") == reason

    def test_are_never_deleted_not_even_by_an_administrator(self, client, db):
        client.force_login(factories.UserFactory(is_superuser=True))
        reason = Reason.objects.get(code="other")
        bulk = reverse("wagtail_bulk_action", args=["moderation", "reason", "delete"])

        client.post(address("delete", reason.pk))
        client.post(f"{bulk}?id={reason.pk}")

        assert Reason.objects.filter(code="other").exists()

    def test_are_not_for_moderators_or_authors(self, client, db):
        for name in (roles.MODERATORS, roles.AUTHORS):
            user = factories.UserFactory()
            user.groups.add(Group.objects.get(name=name))
            client.force_login(user)

            assert client.get(reverse(LIST)).status_code == 302
            client.post(address("add"), FIELDS)

        assert not Reason.objects.filter(code="reclame2").exists()

    def test_are_in_the_menu_of_the_desk(self, editor):
        page = editor.get(reverse("wagtailadmin_home")).content.decode()

        assert "/admin/reacties/redenen/" in page
        assert "/admin/reacties/logboek/" in page
