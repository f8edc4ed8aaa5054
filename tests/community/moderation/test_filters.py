import datetime as dt
import re

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from community.comments.models import Comment
from community.moderation import decisions, second_opinions, tabs
from community.moderation.filters import Filters
from community.moderation.models import Handling
from tests import factories

pytestmark = pytest.mark.both


def found(query: str, editor_pk: int = 0) -> set[str]:
    """Return the texts of the comments that fit ``query``."""
    filters = Filters.read(QueryDict(query))
    fitting = filters.apply(Comment.objects.all(), now=timezone.now(), editor_pk=editor_pk)
    return {comment.comment for comment in fitting}


class TestFilters:
    def test_find_words_in_text_and_name(self, db):
        factories.comment(text="Over sensoren")
        factories.comment(text="Iets anders", name="Sensor Jan")
        factories.comment(text="Niets")

        assert found("zoek=sensor") == {"Over sensoren", "Iets anders"}

    def test_find_a_page(self, db):
        one = factories.comment(text="Hier")
        factories.comment(text="Daar")

        assert found(f"pagina={one.page_id}") == {"Hier"}

    def test_find_a_chain_and_an_organisation(self, db):
        link = factories.LinkFactory(written=True)
        factories.comment(link.post, text="In de keten")
        tool = factories.ToolPageFactory()
        factories.comment(tool, text="Bij het hulpmiddel")

        assert found(f"keten={link.chain_id}") == {"In de keten"}
        assert found(f"organisatie={link.post.author.organisation_id}") == {"In de keten"}
        assert found(f"organisatie={tool.owner_organisation_id}") == {"Bij het hulpmiddel"}

    def test_find_a_chain_under_its_translations_too(self, db):
        link = factories.LinkFactory(written=True)
        factories.comment(factories.in_english(link.post, title="In English"), text="Nice")

        assert found(f"keten={link.chain_id}") == {"Nice"}

    def test_find_a_writer_an_age_a_reason_and_a_language(self, db):
        old = timezone.now() - dt.timedelta(days=3)
        one = factories.comment(text="Oud", at=old, evidence={"phase": "links"}, language="en")
        factories.comment(text="Nieuw")

        for query in (f"schrijver={one.writer_key}", "ouder=dag", "waarom=links", "taal=en"):
            assert found(query) == {"Oud"}

    def test_find_what_is_assigned_to_me(self, db):
        me = factories.UserFactory()
        Handling.objects.create(comment=factories.comment(text="Mijn werk"), assignee=me)
        factories.comment(text="Van niemand")

        assert found("van=mij", editor_pk=me.pk) == {"Mijn werk"}

    def test_find_what_a_colleague_asks_a_second_opinion_about(self, db):
        asker, now = factories.UserFactory(moderator=True), timezone.now()
        asked, answered = factories.comment(text="Twijfel"), factories.comment(status="pending")
        for comment in (asked, answered):
            second_opinions.ask(comment, by=asker, text="Wat vind jij?", now=now)
        decisions.approve(answered, by=asker)

        assert found("mening=gevraagd") == {"Twijfel"}

    @pytest.mark.parametrize(
        "query",
        [
            "mening=x",
            "pagina=x",
            "pagina=-1",
            "pagina=99999999999999999999",
            "keten=%00",
            "schrijver=' or 1=1",
            "ouder=eeuw",
            "waarom=__class__",
            "taal=xx",
            "van=jou",
            "zoek=%00",
            "zoek=%ED%A0%80",
            "evidence__phase=links",
            "_connector=OR",
        ],
    )
    def test_leave_out_what_makes_no_sense(self, db, query):
        factories.comment(text="Alles")

        assert not Filters.read(QueryDict(query)) or found(query) <= {"Alles"}

    def test_come_back_as_they_were(self):
        query = "zoek=een+twee&pagina=3&taal=en"

        assert Filters.read(QueryDict(Filters.read(QueryDict(query)).query)).query == query


class TestTheDesk:
    @pytest.fixture
    def desk(self, client, db):
        client.force_login(factories.UserFactory(moderator=True))
        return client

    def test_keeps_the_filter_after_a_decision(self, desk):
        comment = factories.comment(status="pending", text="Over sensoren")
        lijst = "staat=pending&zoek=sensoren"

        response = desk.post(
            reverse("moderation:decide", args=[comment.public_id]),
            {"act": "approve", "status": "pending", "lijst": lijst},
        )

        assert response.url == f"/admin/reacties/?{lijst}"

    def test_says_which_page_and_writer_it_is_about_and_leads_on_without(self, desk):
        comment = factories.comment(status="pending", name="Noor <b>")
        both = {"pagina": comment.page_id, "schrijver": comment.writer_key, "staat": "alle"}

        page = desk.get(reverse("moderation:desk"), both).content.decode()

        [chosen] = re.findall(r'<ul class="desk__narrowed">.*?</ul>', page, re.DOTALL)
        assert f"<bdi>{comment.page.title}</bdi>" in chosen
        assert "<bdi>Noor &lt;b&gt;</bdi>" in chosen
        assert f'href="?staat=alle&amp;filter=1&amp;schrijver={comment.writer_key}"' in chosen
        assert f'href="?staat=alle&amp;filter=1&amp;pagina={comment.page_id}"' in chosen

    @pytest.mark.parametrize("query", ["pagina=999999", f"schrijver={'a' * 32}"])
    def test_answers_for_a_page_or_a_writer_that_is_not_there(self, desk, query):
        assert desk.get(f"{reverse('moderation:desk')}?{query}").status_code == 200

    def test_says_when_nothing_fits(self, desk):
        page = desk.get(reverse("moderation:desk"), {"zoek": "bestaat niet"})

        assert "Er is geen reactie die past" in page.content.decode()

    @pytest.mark.parametrize("lijst", ["x" * 5000, "staat=%00", "https://example.org/", "p=-1"])
    def test_goes_nowhere_else_whatever_a_form_says(self, desk, lijst):
        comment = factories.comment(status="pending")

        response = desk.post(
            reverse("moderation:decide", args=[comment.public_id]),
            {"act": "approve", "status": "pending", "lijst": lijst},
        )

        assert response.url.startswith("/admin/reacties/?staat=")


class TestTabs:
    def test_count_what_they_hold_in_one_query(self, db, django_assert_num_queries):
        for status in ("pending", "spam", "approved", "rejected", "removed", "unconfirmed"):
            factories.comment(status=status)

        with django_assert_num_queries(1):
            counts = tabs.counts()

        assert counts == {
            "pending": 1,
            "gemeld": 0,
            "bezwaren": 0,
            "spam": 1,
            "approved": 1,
            "geweigerd": 2,
            "alle": 5,
        }
        assert {tab: tabs.comments(tab).count() for tab in tabs.TABS} == counts
