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
