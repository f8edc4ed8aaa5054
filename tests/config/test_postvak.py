import asyncio
import threading
from email.message import EmailMessage

import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import include, path

from config.mailers import mail_through
from config.postvak import catcher, mails
from config.urls import handler404
from config.urls import urlpatterns as site_urls
from mail.connecting import connection

urlpatterns = [path("postvak/", include("config.postvak.urls")), *site_urls]
__all__ = ["handler404"]

pytestmark = pytest.mark.urls(__name__)

HTML = """<html><head><title>Bevestig</title></head>
<body><p style="color: red">Zoë, <a href="https://estafette.example.org/x">bevestig</a></p>
<img src="https://elders.example.com/volg.gif"><script>alert(1)</script></body></html>"""
TEXT = "Zoë, bevestig op https://estafette.example.org/x\n<b>niet vet</b>\n"


@pytest.fixture
def directory(settings, tmp_path):
    settings.POSTVAK_DIR = tmp_path / "postvak"
    settings.POSTVAK_DIR.mkdir()
    way = mail_through("config.postvak.backend.EmailBackend", host="127.0.0.1", timeout=5)
    for name, value in way.items():
        setattr(settings, name, value)
    return settings.POSTVAK_DIR


def mail(subject: str = "Bevestig uw reactie", *, html: str = HTML) -> bytes:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "estafette@example.org"
    message["To"] = "lezer@example.org"
    message["List-Unsubscribe"] = "<https://estafette.example.org/afmelden/t/>"
    message.set_content(TEXT)
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


def caught(directory, *arguments, **options) -> str:
    path = catcher.keep(
        directory, recipients=["lezer@example.org"], content=mail(*arguments, **options)
    )
    return path.stem


class TestInbox:
    def test_lists_mails_newest_first(self, client, site, directory):
        caught(directory, "De eerste")
        caught(directory, "De tweede")

        page = client.get("/postvak/").content.decode()

        assert page.index("De tweede") < page.index("De eerste")
        assert "lezer@example.org" in page

    def test_is_there_when_empty(self, client, site, directory):
        assert client.get("/postvak/").status_code == 200

    def test_speaks_json(self, client, directory):
        caught(directory, "Één onderwerp met een € dat zo lang is dat het over twee regels loopt")

        [said] = client.get("/postvak/?format=json").json()

        assert said["to"] == "lezer@example.org"
        assert said["subject"].startswith("Één onderwerp met een €")
        assert said["headers"]["List-Unsubscribe"] == "<https://estafette.example.org/afmelden/t/>"
        assert "Zoë" in said["text"]
        assert "<p style" in said["html"]

    def test_is_emptied_by_a_post_of_its_own_page_only(self, client, site, directory):
        caught(directory)

        client.get("/postvak/leegmaken/", headers={"Sec-Fetch-Site": "same-origin"})
        client.post("/postvak/leegmaken/", headers={"Sec-Fetch-Site": "cross-site"})
        kept = mails.all_mails(directory)
        client.post("/postvak/leegmaken/", headers={"Sec-Fetch-Site": "same-origin"})

        assert len(kept) == 1
        assert mails.all_mails(directory) == []


class TestMail:
    def test_shows_text_with_links_and_headers(self, client, site, directory):
        page = client.get(f"/postvak/{caught(directory)}/").content.decode()

        assert '<a href="https://estafette.example.org/x"' in page
        assert "&lt;b&gt;niet vet&lt;/b&gt;" in page
        assert "List-Unsubscribe" in page

    def test_keeps_html_in_a_frame_that_runs_nothing_and_shows_our_pictures(
        self, client, site, directory
    ):
        key = caught(directory)

        page = client.get(f"/postvak/{key}/").content.decode()
        frame = client.get(f"/postvak/{key}/html/")

        policy = frame.headers["Content-Security-Policy"]
        assert f'src="/postvak/{key}/html/"' in page
        assert "alert(1)" not in page
        assert "default-src 'none'" in policy
        assert "img-src 'self' data:;" in policy
        assert "sandbox allow-top-navigation-by-user-activation allow-popups" in policy
        assert "allow-scripts" not in policy + page
        assert '<head><base target="_top">' in frame.content.decode()

    def test_opens_links_in_the_whole_window_without_a_head_too(self, client, site, directory):
        key = caught(directory, html="<p>Dag</p>")

        frame = client.get(f"/postvak/{key}/html/").content.decode()

        assert frame.startswith('<base target="_top">')

    @pytest.mark.parametrize("key", ["x", "..%2fdb", "0" * 20 + "-abcdef", "%00", "port", "\u0661"])
    def test_that_is_not_there_is_a_404(self, client, site, directory, key):
        (directory / "port").write_text("2525")

        assert client.get(f"/postvak/{key}/").status_code == 404
        assert client.get(f"/postvak/{key}/html/").status_code == 404


@pytest.fixture
def listening(directory):
    """The catcher, in a thread of this process."""
    loop = asyncio.new_event_loop()
    task = loop.create_task(catcher.serve(directory))
    thread = threading.Thread(target=lambda: loop.run_until_complete(until_cancelled(task)))
    thread.start()
    while not (directory / "port").exists():
        thread.join(0.01)
    yield
    loop.call_soon_threadsafe(task.cancel)
    thread.join()
    loop.close()


async def until_cancelled(task: asyncio.Task[None]) -> None:
    await asyncio.wait([task])


class TestCatcher:
    def test_keeps_what_the_site_sends_over_smtp(self, listening, directory):
        one = EmailMultiAlternatives(
            "Eén reactie", "Dag Zoë.\n.\n", to=["a@example.org"], bcc=["b@example.org"]
        )
        one.attach_alternative("<p>" + "Zoë " * 500 + "</p>", "text/html")

        assert connection().send_messages([one]) == 1

        [kept] = mails.all_mails(directory)
        assert kept.to == ["a@example.org", "b@example.org"]
        assert kept.subject == "Eén reactie"
        assert kept.text == "Dag Zoë.\n.\n"
        assert kept.html.count("Zoë") == 500


class TestEmailBackend:
    @pytest.mark.parametrize("port", [None, "", "nonsense"])
    def test_fails_as_for_any_mail_server_that_is_away(self, directory, port):
        if port is not None:
            (directory / "port").write_text(port)

        with pytest.raises(OSError, match=r"not listening|No such file"):
            connection().open()
