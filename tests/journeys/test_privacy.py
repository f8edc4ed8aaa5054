"""What a stranger's browser is asked to fetch and to keep."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.demo import Demo
from tests.journeys.reading import first

PUBLIC = ["/", "/blog/", "/keten/", "/hulpmiddelen/", "/abonneren/", "/privacy/", "/en/"]


def links(page, selector: str) -> list[str]:
    return page.eval_on_selector_all(selector, "links => links.map(link => link.href)")


def is_page(link: str, demo: Demo) -> bool:
    """Whether ``link`` leads to a page of ours; a browser saves the exports instead."""
    return link.startswith(demo.url) and "/export." not in link


@pytest.mark.long
class TestAStranger:
    def test_gets_no_cookie_and_meets_no_other_host(self, browser, demo: Demo):
        page, hosts, complaints = browser.new_page(base_url=demo.url), set(), []
        page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))

        read = set()
        for path in PUBLIC:
            page.goto(path)
            read.add(page.url)
            inside = [link for link in links(page, "main a[href]") if is_page(link, demo)]
            for link in sorted(set(inside))[:8]:
                if link not in read:
                    page.goto(link)
                read.add(link)

        assert len(read) > 20
        assert page.context.cookies() == []
        assert hosts == {urlsplit(demo.url).netloc}
        assert complaints == []
        page.close()


class TestAMember:
    def test_finds_the_own_name_on_a_stored_page(self, people, demo: Demo):
        member = people()
        member.log_in("lid")
        page = member.page
        page.goto("/mijn/")
        name = page.locator("h1 bdi").inner_text()

        page.goto(first(demo, "/blog/", "/blog/"))

        page.locator("[data-member-slot]", has_text=name).wait_for()
        page.locator("form[data-member]").wait_for()
        expect(page.locator("form.comment-form [name=email]")).to_have_count(0)
