import pytest
from django.test import Client
from django.urls import reverse

from community.comments.models import Comment
from community.comments.text import MAX_LENGTH
from mail.models import Message
from tests import factories

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
TEXT = "Een *goed* verhaal <script>alert(1)</script>"
SHOWN = "Een <em>goed</em> verhaal &lt;script&gt;"


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True, headers=SAME_ORIGIN)


class TestTheButton:
    def press(self, browser, page, **data):
        address = reverse("comments:post", args=[page.pk])
        return browser.post(address, {"comment": TEXT, "preview": "1", **data})

    def test_shows_the_text_and_the_form_again_and_stores_nothing(self, browser, post):
        response = self.press(browser, post, name="Noor", email="noor@example.org", follow="page")

        page = response.content.decode()
        assert response.status_code == 200
        assert SHOWN in page
        assert 'value="Noor"' in page
        assert 'value="noor@example.org"' in page
        assert "Een *goed* verhaal &lt;script&gt;" in page
        assert page.count("checked") == 1
        assert not Comment.objects.exists()
        assert not Message.objects.exists()

    def test_asks_for_no_name_yet(self, browser, post):
        page = self.press(browser, post).content.decode()

        assert SHOWN in page
        assert "aria-invalid" not in page

    def test_keeps_what_is_answered(self, browser, post):
        parent = factories.comment(post)

        page = self.press(browser, post, reply_to=str(parent.public_id)).content.decode()

        assert f'value="{parent.public_id}"' in page

    def test_is_there_for_a_member(self, browser, post):
        browser.force_login(factories.UserFactory())

        assert SHOWN in self.press(browser, post).content.decode()

    def test_gives_the_text_back_where_the_conversation_is_closed(self, browser, db):
        page = factories.BlogPageFactory(comments_mode="closed")

        assert self.press(browser, page).status_code == 409

    def test_is_not_for_a_page_that_is_hidden(self, browser, db):
        assert self.press(browser, factories.BlogPageFactory(live=False)).status_code == 404


class TestTheLivePreview:
    def ask(self, client, comment: str):
        return client.post("/reacties/voorbeeld/", {"comment": comment})

    def test_is_the_text_as_readers_will_see_it_without_any_query(
        self, browser, db, django_assert_num_queries
    ):
        with django_assert_num_queries(0):
            response = self.ask(browser, TEXT)

        assert SHOWN in response.content.decode()
        assert not response.cookies

    @pytest.mark.parametrize(
        "comment",
        [
            "",
            "\x00",
            "\u202e" * 50,
            "x" * 40_000,
            "> " * 20_000,
            "\ud800".encode("utf-8", "replace"),
        ],
    )
    def test_answers_to_any_text(self, browser, db, comment):
        response = self.ask(browser, comment)

        assert response.status_code == 200
        assert len(response.content) < 10 * MAX_LENGTH

    def test_of_too_much_is_refused(self, browser, db):
        assert self.ask(browser, "x" * 100_000).status_code == 413

    def test_is_not_for_another_site(self, db):
        assert self.ask(Client(headers={"Sec-Fetch-Site": "cross-site"}), TEXT).status_code == 403

    def test_is_not_there_by_get(self, browser, db):
        assert browser.get("/reacties/voorbeeld/").status_code == 405
