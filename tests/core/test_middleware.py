import pytest

from tests.html import text_of

ODD = "text/plain; charset=utf-7"


class TestOddRequests:
    @pytest.mark.parametrize(
        ("path", "language", "words", "home"),
        [
            ("/blog/%00/", "nl", "Deze pagina is er niet", "/"),
            ("/en/%00", "en", "This page is not here", "/en/"),
            ("/%00en/", "nl", "Deze pagina is er niet", "/"),
        ],
    )
    def test_with_a_nul_are_told_that_nothing_is_there(self, client, path, language, words, home):
        response = client.get(path)

        assert response.status_code == 404
        shown = text_of(response)
        assert f'<html lang="{language}">' in shown
        assert f"<h1>{words}</h1>" in shown
        assert f'class="button" href="{home}"' in shown

    @pytest.mark.parametrize(
        ("path", "words"),
        [
            ("/abonneren/", "We konden die aanvraag niet lezen"),
            ("/en/abonneren/", "We could not read that request"),
        ],
    )
    def test_in_an_odd_encoding_are_told_so(self, client, path, words):
        response = client.post(path, "x", content_type=ODD)

        assert response.status_code == 400
        assert response["Content-Type"] == "text/html; charset=utf-8"
        assert f"<h1>{words}</h1>" in text_of(response)

    def test_are_answered_without_database_and_cookie(self, client):
        response = client.get("/%00")

        assert not response.cookies
        assert "Content-Security-Policy" in response
