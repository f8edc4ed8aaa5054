import datetime as dt

import pytest
from defusedxml import ElementTree
from django.utils import timezone

from tests import factories

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITE = "/reacties/feed.atom"
CANARY = "kanarie"


@pytest.fixture
def post(db):
    return factories.BlogPageFactory(title="Een winter lang snuffelen")


def of(page) -> str:
    return f"/reacties/{page.pk}/feed.atom"


def entries(response) -> list:
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).findall("a:entry", ATOM)


class TestAnEntry:
    @pytest.fixture
    def comment(self, post):
        return factories.comment(
            post, name="Noor <b>", text="Wat een *goed* verhaal & meer: https://example.org/"
        )

    @pytest.fixture(params=["site", "page"])
    def entry(self, request, client, comment):
        address = SITE if request.param == "site" else of(comment.page)
        [found] = entries(client.get(address))
        return found

    def test_has_the_name_the_moment_and_the_permalink(self, entry, comment):
        permalink = f"https://estafette.example.org/reacties/{comment.public_id}/"
        assert entry.find("a:author/a:name", ATOM).text == "Noor <b>"
        assert entry.find("a:link", ATOM).get("href") == permalink
        assert entry.find("a:id", ATOM).text == f"urn:uuid:{comment.public_id}"
        assert "snuffelen" in entry.find("a:title", ATOM).text
        published = dt.datetime.fromisoformat(entry.find("a:published", ATOM).text)
        assert abs(published - comment.submit_date) < dt.timedelta(seconds=1)

    def test_has_the_whole_text_as_safe_html(self, entry):
        content = entry.find("a:content", ATOM)
        assert content.get("type") == "html"
        assert "<em>goed</em> verhaal &amp; meer" in content.text
        assert 'rel="ugc nofollow"' in content.text

    def test_bears_signs_that_xml_does_not_know(self, client, post):
        factories.comment(post, name="Een\x0bnaam\x1b\ufffe", text="Een\x0btekst\uffff")

        [entry] = entries(client.get(of(post)))

        assert entry.find("a:author/a:name", ATOM).text == "Eennaam"


class TestBothFeeds:
    @pytest.mark.parametrize(
        "status", ["unconfirmed", "pending", "rejected", "spam", "removed", "deleted_by_author"]
    )
    def test_hold_only_what_can_be_read(self, client, post, status):
        factories.comment(post, status=status, text=CANARY, name=CANARY)

        for address in (SITE, of(post)):
            assert CANARY not in client.get(address).content.decode()

    @pytest.mark.parametrize("kind", ["login", "password", "groups"])
    def test_hold_nothing_of_a_page_that_not_everyone_may_read(self, client, post, kind):
        factories.comment(post, text=CANARY)
        post.view_restrictions.create(restriction_type=kind)
        client.force_login(factories.UserFactory(is_superuser=True))

        assert CANARY not in client.get(SITE).content.decode()
        assert client.get(of(post)).status_code == 404

    @pytest.mark.parametrize("changes", [{"live": False}, {"comments_mode": "off"}])
    def test_hold_nothing_of_a_page_without_conversation(self, client, db, changes):
        page = factories.BlogPageFactory(**changes)
        factories.comment(page, text=CANARY)

        assert CANARY not in client.get(SITE).content.decode()
        assert client.get(of(page)).status_code == 404

    def test_hold_nothing_of_a_section_without_conversations(self, client, post, blog_index):
        factories.comment(post, text=CANARY)
        blog_index.comments_mode = "off"
        blog_index.save()

        assert CANARY not in client.get(SITE).content.decode()
        assert client.get(of(post)).status_code == 404

    def test_hold_nothing_that_is_nobodys_business(self, client, post):
        member = factories.UserFactory(username=CANARY, email=f"{CANARY}@example.org")
        factories.comment(
            post, user=member, email=member.email, network_key=CANARY, evidence={"x": CANARY}
        )

        for address in (SITE, of(post)):
            response = client.get(address)
            assert CANARY not in response.content.decode()
            assert "@" not in response.content.decode()
            assert not response.cookies

    def test_have_the_comment_approved_last_first(self, client, post):
        now = timezone.now()
        for name, hours in (("eerst", 3), ("laatst", 1), ("midden", 2)):
            factories.comment(post, name=name, at=now - dt.timedelta(hours=hours))

        for address in (SITE, of(post)):
            names = [
                entry.find("a:author/a:name", ATOM).text for entry in entries(client.get(address))
            ]
            assert names == ["laatst", "midden", "eerst"]

    def test_are_not_sent_twice_to_who_has_them(self, client, post):
        factories.comment(post)

        for address in (SITE, of(post)):
            first = client.get(address)
            assert first["Last-Modified"]
            again = client.get(address, headers={"If-None-Match": first["ETag"]})
            assert (again.status_code, again.content) == (304, b"")

        factories.comment(post)
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200

    @pytest.mark.parametrize("address", [SITE, "page"])
    def test_of_ten_comments_cost_as_many_queries_as_of_one(
        self, client, post, count_queries, address
    ):
        address = of(post) if address == "page" else address
        factories.comment(post)
        once = count_queries(lambda: client.get(address))
        for page in [post, post, factories.BlogPageFactory(), factories.BlogPageFactory()]:
            factories.comment(page)

        assert count_queries(lambda: client.get(address)) == once


class TestTheFeedOfAPage:
    def test_holds_nothing_of_another(self, client, post):
        factories.comment(text=CANARY)

        assert entries(client.get(of(post))) == []

    @pytest.mark.parametrize("page_id", ["0", "999999999", "99999999999999999999999"])
    def test_that_is_not_there_is_not_found(self, client, home, page_id):
        assert client.get(f"/reacties/{page_id}/feed.atom").status_code == 404

    def test_of_another_kind_is_not_found(self, client, db):
        assert client.get(of(factories.StandardPageFactory())).status_code == 404

    def test_is_named_in_the_page_and_the_one_of_the_site_too(self, client, site, post):
        page = client.get(post.url).content.decode()

        for address in (SITE, of(post)):
            assert f'href="{address}">' in page

    def test_is_not_named_where_there_is_none(self, client, site, post):
        post.view_restrictions.create(restriction_type="login")
        client.force_login(factories.UserFactory())

        assert of(post) not in client.get(post.url).content.decode()
