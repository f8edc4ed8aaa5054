"""Whether the demo stands, before anyone walks through it."""

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
