"""Whether the demo stands, and keeps what `make demo` promises, before anyone walks through it."""

import re

from tests.demo import Demo


class TestDemo:
    def test_shows_its_front_page_without_complaints_of_the_browser(self, demo: Demo, page):
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))

        response = page.goto(demo.url)

        assert response.status == 200
        assert page.locator("main#inhoud").is_visible()
        assert complaints == []

    def test_answers_management_commands_while_it_runs(self, demo: Demo):
        assert "Estafette" in demo.manage("shell", "-c", "print('Estafette')")

    def test_prints_one_line_when_it_is_ready_and_logins_that_work(self, demo: Demo, people):
        said = (demo.dir / "said.log").read_text()

        editors, member = re.search(
            r"at /admin/ as (.+), at /mijn/ as (\w+); password", said
        ).groups()
        assert said.count(f"Ready: {demo.url}\n") == 1
        assert re.split(r", | or ", editors) == ["redactie", "moderator", "auteur", "beheer"]
        person = people()
        for name in re.split(r", | or ", editors):
            person.log_in_by_form(name)
            person.page.context.clear_cookies()
        person.enter(member)
