"""People who use the demo in a browser."""

import time
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.demo import Demo

MAIL_WITHIN = 30  # seconds; the outbox is looked at every two


@dataclass
class Person:
    """Someone at a browser, with a mailbox at ``/postvak/``."""

    demo: Demo
    page: Page

    def mail(self, address: str, *, containing: str) -> dict:
        """Return the newest mail for ``address`` with a text like that, once it has come."""
        deadline = time.monotonic() + MAIL_WITHIN
        while time.monotonic() < deadline:
            for mail in self.demo.postvak():
                if mail["to"] == address and containing in mail["text"]:
                    return mail
            time.sleep(0.2)
        raise AssertionError(f"No mail with {containing} came for {address}.")

    def confirm_by_mail(self, address: str) -> None:
        """Open the link of the mail, and press the button on its page."""
        text = self.mail(address, containing="/bevestigen/")["text"]
        link = next(word for word in text.split() if "/bevestigen/" in word)
        self.page.goto(link)
        self.page.locator("main form button[type=submit]").click()
        self.page.wait_for_load_state()

    def log_in(self, name: str) -> None:
        self.page.goto("/admin/login/")
        self.page.locator("[name=username]").fill(name)
        self.page.locator("[name=password]").fill("estafette")
        self.page.locator("button[type=submit]").click()
        self.page.wait_for_url("**/admin/")

    def enter(self, name: str) -> None:
        """Log in as a member does."""
        self.page.goto("/mijn/inloggen/")
        self.page.locator("main [name=username]").fill(name)
        self.page.locator("main [name=password]").fill("estafette")
        self.page.locator("main form:has([name=password]) button[type=submit]").first.click()
        self.page.wait_for_url("**/mijn/")

    def write(self, words: str) -> None:
        self.page.locator("[data-comment-form] [name=comment]").fill(words)

    def say(self, post: str, words: str) -> None:
        """React, as someone who is logged in."""
        self.page.goto(post)
        self.page.locator("form[data-member]").wait_for()
        self.write(words)
        self.page.locator("form[data-member] button[type=submit]").click()
        self.page.wait_for_url("**/verstuurd/**")
