import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import Client

from tests.factories import BlogPageFactory
from tests.html import text_of


class ExampleForm(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals u heet.")
    often = forms.ChoiceField(
        label="Hoe vaak?", choices=[("d", "dag"), ("w", "week")], widget=forms.RadioSelect
    )
    agrees = forms.BooleanField(label="Ja graag")
    nickname = forms.CharField(label="Bijnaam", required=False)

    def clean(self) -> None:
        raise forms.ValidationError("Dit kan zo niet.")


class TestField:
    def test_ties_help_and_error_to_the_widget(self):
        field = ExampleForm({})["name"]

        shown = render_to_string("components/field.html", {"field": field})

        assert 'id="id_name_helptext"' in shown
        assert 'id="id_name_error"' in shown
        assert 'aria-describedby="id_name_helptext id_name_error"' in shown
        assert 'aria-invalid="true"' in shown
        assert '<label class="field__label" for="id_name">Naam' in shown

    def test_groups_choices_under_a_legend(self):
        shown = render_to_string("components/field.html", {"field": ExampleForm({})["often"]})

        assert '<legend class="field__label">Hoe vaak?</legend>' in shown
        assert 'aria-describedby="id_often_error"' in shown

    def test_shows_what_was_typed_as_text(self):
        form = ExampleForm({"name": '"><script>x</script>'})

        assert "<script>" not in render_to_string("components/field.html", {"field": form["name"]})


class TestErrorSummary:
    def test_leads_to_each_field_that_is_wrong(self):
        shown = render_to_string("components/error_summary.html", {"form": ExampleForm({})})

        assert 'aria-labelledby="fouten" tabindex="-1" autofocus' in shown
        assert 'id="fouten"' in shown
        assert 'href="#id_name"' in shown
        assert 'href="#id_often_set"' in shown
        assert "Dit kan zo niet." in shown
        assert "Bijnaam" not in shown
        assert "Naam: " in shown
        assert "Hoe vaak? D" in shown

    def test_shows_nothing_for_a_form_that_is_not_sent(self):
        shown = render_to_string("components/error_summary.html", {"form": ExampleForm()})

        assert not shown.strip()


@pytest.mark.django_db
class TestTitle:
    @pytest.mark.parametrize(("language", "error"), [("", "Fout:"), ("/en", "Error:")])
    @pytest.mark.parametrize(
        "form", ["/abonneren/", "/reacties/{post}/", "/reacties/{post}/volgen/", "/mijn/inloggen/"]
    )
    def test_begins_with_an_error_when_a_form_has_one(self, client, language, error, form):
        address = language + form.format(post=BlogPageFactory().pk)

        fresh = text_of(client.get(address))
        wrong = text_of(client.post(address, headers={"Sec-Fetch-Site": "same-origin"}))

        assert f"<title>{error} " in wrong
        assert "<title>" in fresh
        assert f"<title>{error}" not in fresh


class TestPagination:
    def test_keeps_the_other_parameters(self):
        page = Paginator(range(30), 10).page(2)
        context = {"page": page, "param": "pagina", "query": "q=a%26b", "anchor": "reacties"}

        shown = render_to_string("components/pagination.html", context)

        assert 'href="?q=a%26b&amp;pagina=1#reacties"' in shown
        assert 'href="?q=a%26b&amp;pagina=3#reacties"' in shown

    def test_is_not_there_for_a_single_page(self):
        page = Paginator(range(3), 10).page(1)

        shown = render_to_string("components/pagination.html", {"page": page, "param": "pagina"})

        assert not shown.strip()


class TestErrorPages:
    @pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
    def test_need_neither_request_nor_database(self, name):
        assert "<h1>" in render_to_string(name)

    @pytest.mark.django_db
    def test_asking_again_keeps_what_was_sent(self, home):
        sent = {"email": "lezer@example.org", "odd": '\nregel <b> "een"'}

        shown = Client(enforce_csrf_checks=True).post("/abonneren/", sent).content.decode()

        assert 'name="email" hidden readonly>&#10;lezer@example.org</textarea>' in shown
        assert "hidden readonly>&#10;\nregel &lt;b&gt; &quot;een&quot;</textarea>" in shown
        assert "csrfmiddlewaretoken" in shown
