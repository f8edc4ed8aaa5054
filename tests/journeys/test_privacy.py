"""What a stranger's browser is asked to fetch and to keep."""

from urllib.parse import urlsplit

import pytest

from tests.demo import Demo

PUBLIC = ["/", "/blog/", "/keten/", "/hulpmiddelen/", "/abonneren/", "/privacy/", "/en/"]


def links(page, selector: str) -> list[str]:
    return page.eval_on_selector_all(selector, "links => links.map(link => link.href)")


def is_page(link: str, demo: Demo) -> bool:
    """Whether ``link`` leads to a page of ours; a browser saves the exports instead."""
    return link.startswith(demo.url) and "/export." not in link


class TestAStranger:
    @pytest.mark.parametrize("path", PUBLIC)
    def test_gets_no_cookie_and_meets_no_other_host(self, browser, demo: Demo, path):
        context = browser.new_context(base_url=demo.url)
        page, hosts, complaints = context.new_page(), set(), []
        page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        page.on("console", lambda message: complaints.append(message.text))

        page.goto(path)
        inside = [link for link in links(page, "main a[href]") if is_page(link, demo)]
        for link in sorted(set(inside))[:8]:
            page.goto(link)

        assert context.cookies() == []
        assert hosts == {urlsplit(demo.url).netloc}
        assert complaints == []
        context.close()


class TestAMember:
    def test_finds_the_own_name_on_a_stored_page(self, browser, demo: Demo):
        context = browser.new_context(base_url=demo.url)
        page = context.new_page()
        page.goto("/mijn/inloggen/")
        page.locator("[name=username]").fill("lid")
        page.locator("[name=password]").fill("estafette")
        page.locator("main button[type=submit]").click()
        name = page.locator("h1 bdi").inner_text()

        page.goto("/blog/")
        page.goto(page.locator("main a[href^='/blog/']").first.get_attribute("href"))

        page.locator("[data-member-slot]", has_text=name).wait_for()
        page.locator("form[data-member]").wait_for()
        assert page.locator("form.comment-form [name=email]").count() == 0
        context.close()
