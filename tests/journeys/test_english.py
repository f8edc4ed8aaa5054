"""A reader of English reacts, and is spoken to in English from beginning to end."""

import re
import uuid

from playwright.sync_api import expect

from tests.journeys.people import approve


class TestAReaderOfEnglish:
    def test_reacts_confirms_and_is_placed(self, people):
        reader, moderator = people(locale="en-GB"), people()
        page, address = reader.page, f"{uuid.uuid4().hex[:8]}@example.org"
        words = f"We measured the same here, {address}"
        page.goto("/en/")
        page.locator(".site-nav a[href^='/en/']", has_text="Tools").click()
        page.locator("main .card a").first.click()
        expect(page.locator("#reacties-kop")).to_have_text("Comments")
        tool = page.url

        form = page.locator("#reageren")
        form.get_by_role("textbox", name="Name").fill("Nora")
        form.get_by_role("textbox", name="Email address").fill(address)
        form.get_by_role("textbox", name="Comment").fill(words)
        form.get_by_role("button", name="Send your comment").click()
        expect(page).to_have_url(re.compile("/en/reacties/.+staat=bevestigen"))
        expect(page.locator("h1")).to_have_text("Almost done: confirm by mail")

        reader.confirm_by_mail(address)
        expect(page).to_have_url(re.compile("/en/reacties/bevestigen/"))
        expect(page.locator("h1")).to_have_text("Thank you, your comment is confirmed")
        expect(page.locator("html")).to_have_attribute("lang", "en")

        moderator.log_in("moderator")
        approve(moderator.page, words)
        placed = reader.mail(address, containing="placed")
        assert f"{reader.demo.url}en/" in placed["text"]
        page.goto(tool)
        expect(page.locator(".comment", has_text=words)).to_be_visible()
