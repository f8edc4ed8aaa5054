import datetime as dt
import threading
import time

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Locale

from community.digests import digests, editions
from community.subscriptions.models import Subscription
from community.subscriptions.selections import Selection
from mail.models import Message
from tests.community.digests.news import BEFORE, IN, SINCE, UNTIL, between, make_private
from tests.factories import (
    OrganisationFactory,
    SubscriptionFactory,
    ToolPageFactory,
    ToolUseFactory,
    UserFactory,
)
from tests.html import text_of
from tools import uses
from tools.models import ToolUse
from tools.vocabulary import Experience

SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def old_tool(**kwargs):
    return ToolPageFactory(first_published_at=BEFORE, **kwargs)


def use(at=IN, tool=None, **kwargs):
    if not kwargs.get("waiting"):
        kwargs |= {"verified_at": at}
    return ToolUseFactory(tool=tool or old_tool(), **kwargs)


def told(news) -> list[str]:
    return [use.organisation for tool in news.used_tools for use in tool.uses]


def in_english(tool, **kwargs):
    english = Locale.objects.get_or_create(language_code="en")[0]
    page = tool.copy_for_translation(english, copy_parents=True)
    page.title, page.live, page.first_published_at = "In English", True, BEFORE
    page.save()
    return page


class TestUses:
    def test_are_those_of_the_half_open_period_newest_first(self):
        tool = old_tool()
        use(SINCE - SECOND, tool, organisation__name="te vroeg")
        use(SINCE, tool, organisation__name="eerste")
        use(UNTIL - SECOND, tool, organisation__name="laatste")
        use(UNTIL, tool, organisation__name="te laat")

        assert told(between()) == ["laatste", "eerste"]

    def test_stand_together_under_their_tool(self):
        first, second = old_tool(title="Eerste"), old_tool(title="Tweede")
        use(IN, first, organisation__name="A")
        use(IN + SECOND, second, organisation__name="B")
        use(IN + 2 * SECOND, first, organisation__name="C")

        found = between().used_tools

        assert [(tool.title, [use.organisation for use in tool.uses]) for tool in found] == [
            ("Eerste", ["C", "A"]),
            ("Tweede", ["B"]),
        ]

    def test_tell_how_it_goes_in_the_words_of_the_reader(self):
        use(experience=Experience.PARTLY, since_year=2024, note="Het scheelt werk.")

        [[dutch], [english]] = [between(code).used_tools[0].uses for code in ("nl", "en")]

        assert (dutch.experience, english.experience) == ("werkt deels", "works in part")
        assert (dutch.since_year, dutch.note, dutch.language) == (2024, "Het scheelt werk.", "nl")

    def test_lead_to_the_tool_in_the_language_of_the_reader(self):
        tool = old_tool(title="Nederlands", slug="lokaal-meten")
        in_english(tool)
        use(tool=tool)

        [dutch], [english] = between("nl").used_tools, between("en").used_tools

        assert (dutch.title, english.title) == ("Nederlands", "In English")
        assert dutch.url.endswith("/hulpmiddelen/lokaal-meten/#wij-gebruiken-dit")
        assert "/en/" in english.url

    def test_are_told_of_a_tool_that_has_no_page_in_that_language(self):
        use(tool=old_tool(title="Nederlands"))

        [tool] = between("en").used_tools

        assert (tool.title, tool.language) == ("Nederlands", "nl")

    def test_are_those_that_everyone_may_read(self):
        use(waiting=True)
        use(tool=old_tool(live=False))
        use(tool=make_private_tool())

        assert between().is_empty

    def test_that_were_withdrawn_since_are_left_out(self):
        withdrawn = use()
        withdrawn.verified_at = None
        withdrawn.save()

        assert between().is_empty

    def test_alone_are_news(self):
        use(tool=old_tool(title="Lokaal meten"))

        news = between()

        assert not news.is_empty
        assert news.best == "Lokaal meten"

    def test_beyond_ten_are_counted(self):
        many, one = old_tool(), old_tool()
        use(SINCE, one)
        for number in range(12):
            use(IN + number * SECOND, many)

        news = between()

        assert [(len(tool.uses), tool.more) for tool in news.used_tools] == [(10, 2)]
        assert (news.more_uses, news.uses_elsewhere) == (3, 1)
        assert news.uses_url == "https://estafette.example.org/hulpmiddelen/"

    def test_cost_the_same_for_much_as_for_little(self, count_queries):
        use()
        little = count_queries(between)
        for _ in range(9):
            use()

        assert count_queries(between) == little


def make_private_tool():
    tool = old_tool()
    make_private(tool)
    return tool


class TestASelection:
    @pytest.mark.parametrize(
        ("choice", "expected"),
        [
            (("tools", ""), {"A", "B"}),
            (("tools", "process=besturen"), {"A"}),
            (("tools", "process=beheren"), set()),
            (("everything", ""), {"A", "B"}),
            (("tag", "x"), set()),
            (("organisation", "x"), set()),
        ],
    )
    def test_takes_the_uses_of_its_tools(self, choice, expected):
        use(tool=old_tool(process="besturen"), organisation__name="A")
        use(tool=old_tool(process="ontwerpen"), organisation__name="B")

        assert set(told(between(selection=Selection.of([choice])))) == expected

    def test_takes_what_an_organisation_uses_and_who_uses_its_tools(self):
        mine = OrganisationFactory(name="Van mij")
        use(organisation=mine)
        use(tool=old_tool(owner_organisation=mine), organisation__name="Gebruiker")
        use(organisation__name="Iemand anders")

        news = between(selection=Selection.of([("organisation", str(mine.pk))]))

        assert set(told(news)) == {"Van mij", "Gebruiker"}

    def test_takes_them_by_a_translation_that_fits(self):
        tool = old_tool(process="besturen")
        in_english(tool)
        use(tool=tool, organisation__name="A")

        news = between("en", selection=Selection.of([("tools", "process=besturen")]))

        assert told(news) == ["A"]


class TestTheDigest:
    def test_about_nothing_else_names_the_tool(self):
        SubscriptionFactory(confirmed=True)
        tool = old_tool(title="Lokaal meten")
        ToolUseFactory(tool=tool, organisation__name="Gemeente Stroom & Zo", since_year=2025)

        digests.send_due(now=timezone.now())

        mail = Message.objects.get()
        assert mail.subject == "In gebruik: Lokaal meten"
        assert "WIJ GEBRUIKEN DIT" in mail.text
        assert "Gemeente Stroom & Zo: werkt goed, sinds 2025" in mail.text
        assert "Gemeente Stroom &amp; Zo: werkt goed, sinds 2025" in mail.html

    def test_in_english_is_complete(self):
        SubscriptionFactory(confirmed=True, language="en")
        ToolUseFactory(tool=old_tool(title="Lokaal meten"), since_year=2025)

        digests.send_due(now=timezone.now())

        mail = Message.objects.get()
        assert mail.subject == "Used in practice: Lokaal meten"
        assert "WE USE THIS" in mail.text
        assert "works well, since 2025" in mail.text

    def test_can_be_read_on_the_site(self, client):
        published = use(organisation__name="Gemeente Stroom", note="Het scheelt werk.")
        news = editions.publish(between(), language="nl")
        path = news.web_address.removeprefix("https://estafette.example.org")

        shown = text_of(client.get(path))

        for words in ["Wij gebruiken dit", "Gemeente Stroom: werkt goed", "Het scheelt werk."]:
            assert words in shown
        assert published.tool.title in shown

    def test_tells_what_is_verified_late_in_the_next_one(self):
        SubscriptionFactory(confirmed=True, frequency="daily", confirmed_at=UNTIL)
        editor = UserFactory(is_superuser=True)
        use(UNTIL - SECOND, organisation__name="op tijd")
        late = use(waiting=True, organisation__name="later")
        _send(UNTIL)
        with time_machine.travel(UNTIL, tick=False):
            uses.verify(late, by=editor)

        _send(UNTIL + DAY)
        _send(UNTIL + 2 * DAY)

        first, second = Message.objects.order_by("pk").values_list("text", flat=True)
        assert "op tijd" in first
        assert "later" in second
        assert "op tijd" not in second

    def test_is_never_empty(self):
        SubscriptionFactory(confirmed=True)
        use(waiting=True)

        digests.send_due(now=timezone.now())

        assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestAVerificationThatIsBeingWritten:
    def test_is_waited_for(self):
        if connection.vendor != "postgresql":
            pytest.skip("SQLite lets one transaction at a time write, so none is late")
        waits = use(waiting=True, organisation__name="op de valreep")
        editor = UserFactory(is_superuser=True)
        SubscriptionFactory(confirmed=True)
        is_verified = threading.Event()

        def verify() -> None:
            with transaction.atomic():
                uses.verify(ToolUse.objects.get(pk=waits.pk), by=editor)
                is_verified.set()
                time.sleep(0.5)  # a request that takes its time to end
            connection.close()

        thread = threading.Thread(target=verify)
        thread.start()
        is_verified.wait(30)
        digests.send_due(now=timezone.now())
        thread.join()

        [digest] = Message.objects.filter(kind="digests.digest")
        assert "op de valreep" in digest.text


def _send(at: dt.datetime) -> None:
    Subscription.objects.update(next_digest_at=SINCE)
    with time_machine.travel(at, tick=False):
        digests.send_due(now=at)
