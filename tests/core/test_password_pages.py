import pytest
from wagtail.models import PageViewRestriction

from tests.factories import BlogPageFactory
from tests.html import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(blog_index):
    made = BlogPageFactory(title="Nog geheim", introduction="Alleen voor ingewijden.")
    PageViewRestriction.objects.create(
        page=made, restriction_type="password", password="zesamopenu"
    )
    return made


def give(client, asked, password: str):
    """Fill in the form that ``asked`` shows."""
    form = asked.context["form"]
    data = {"password": password, "return_url": form.initial.get("return_url", "")}
    return client.post(asked.context["action_url"], data, follow=True)


class TestAPageWithAPassword:
    def test_asks_it_in_our_design_and_tells_nothing(self, client, page):
        response = client.get(page.url)

        shown = text_of(response)
        assert "<h1>Deze pagina heeft een wachtwoord</h1>" in shown
        assert '<label class="field__label" for="id_password">Wachtwoord' in shown
        assert 'class="site-nav"' in shown
        assert page.title not in shown
        assert page.introduction not in shown

    def test_asks_it_in_english(self, client, page, english_home):
        english = page.copy_for_translation(english_home.locale, copy_parents=True)
        english.save_revision().publish()

        assert "<h1>This page has a password</h1>" in text_of(client.get(english.url))

    def test_says_what_is_wrong_with_another_password(self, client, page):
        shown = text_of(give(client, client.get(page.url), "raden"))

        assert "<title>Fout: Deze pagina heeft een wachtwoord" in shown
        assert 'aria-describedby="id_password_error"' in shown
        assert page.title not in shown

    def test_opens_with_its_password(self, client, page):
        shown = text_of(give(client, client.get(page.url), "zesamopenu"))

        assert f"<h1>{page.title}</h1>" in shown
