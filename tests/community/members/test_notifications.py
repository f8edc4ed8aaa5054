import pytest
from django.urls import reverse
from django.utils import timezone

from community.notifications import silences
from community.notifications.models import Kind, Silence
from tests import factories

PAGE = "/mijn/berichten/"
ALL = [str(kind) for kind in Kind if kind != Kind.WAITING]


class TestThePage:
    def test_shows_every_kind_with_a_tick_unless_it_is_off(self, member, client):
        silences.begin(Kind.TURN, user=member, now=timezone.now())
        client.force_login(member)

        page = client.get(PAGE).content.decode()

        assert page.count('type="checkbox"') == len(ALL)
        assert page.count("checked") == len(ALL) - 1
        assert "Ik ben aan zet in een keten" in page

    def test_by_get_changes_nothing(self, member, client):
        client.force_login(member)

        client.get(PAGE, {"kinds": "page"})

        assert not Silence.objects.exists()

    def test_is_found_from_the_own_page(self, member, client):
        client.force_login(member)

        assert f'href="{PAGE}"' in client.get(reverse("members:home")).content.decode()

    def test_offers_what_waits_to_moderators_only(self, home, client):
        client.force_login(factories.UserFactory(moderator=True))

        assert 'value="waiting"' in client.get(PAGE).content.decode()
        client.post(PAGE, {"kinds": ALL})

        assert Silence.objects.get().kind == Kind.WAITING

    def test_is_for_members_only(self, home, client):
        assert client.get(PAGE).status_code == client.post(PAGE).status_code == 302


class TestAChoice:
    @pytest.mark.parametrize("wanted", [[], ["page"], ["page", "turn"], ALL])
    def test_switches_off_what_has_no_tick(self, member, client, wanted):
        client.force_login(member)

        response = client.post(PAGE, {"kinds": wanted}, follow=True)

        assert silences.chosen_by(member) == set(ALL) - set(wanted)
        assert "Je keuze is bewaard" in response.content.decode()

    def test_can_be_taken_back(self, member, client):
        client.force_login(member)
        for wanted in ([], ALL):
            client.post(PAGE, {"kinds": wanted})

        assert not Silence.objects.exists()

    def test_is_nobody_elses(self, member, client, django_user_model):
        other = django_user_model.objects.create(username="ander")
        silences.begin(Kind.PAGE, user=other, now=timezone.now())
        client.force_login(member)

        client.post(PAGE, {"kinds": ALL})

        assert silences.chosen_by(other) == {"page"}

    @pytest.mark.parametrize("value", ["", "x", "\x00", "a" * 100_000, "page ", "waiting", "😀"])
    def test_survives_any_input(self, member, client, value):
        client.force_login(member)

        response = client.post(PAGE, {"kinds": [value, "page"]})

        assert response.status_code == 422
        assert not Silence.objects.exists()
