"""People who use the demo in a browser."""

import re
import time
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from tests.demo import Demo

MAIL_WITHIN = 60  # seconds; one about a decision leaves after twenty


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
            time.sleep(0.05)
        raise AssertionError(f"No mail with {containing} came for {address}.")

    def confirm_by_mail(self, address: str) -> None:
        """Open the mail, click its link, and press the button on its page."""
        self.open_mail(address, containing="/bevestigen/")
        mail = self.page.frame_locator(".postvak__frame")
        mail.locator("a[href*='/bevestigen/']").first.click()
        self.page.wait_for_url("**/bevestigen/**")
        self.page.locator("main form button[type=submit]").last.click()
        self.page.wait_for_load_state()

    def open_mail(self, address: str, *, containing: str) -> None:
        """Go to the page of the newest mail like that, once it has come.

        ``/postvak/`` leads there, but shows all mails of all tests.
        """
        mail = self.mail(address, containing=containing)
        self.page.goto(f"/postvak/{mail['key']}/")

    def log_in(self, name: str) -> Self:
        """Be logged in, with the session that the first who asked was given."""
        if name not in self.demo.cookies:
            self.send_name_and_password(name)
            self.demo.cookies[name] = self.page.context.cookies()
        self.page.context.add_cookies(self.demo.cookies[name])
        return self

    def send_name_and_password(self, name: str) -> None:
        """Log in without looking at the pages that this goes by."""
        ask, address = self.page.request, "/mijn/inloggen/"
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', ask.get(address).text())[1]
        fields = {"csrfmiddlewaretoken": token, "username": name, "password": "estafette"}
        answer = ask.post(address, form=fields, max_redirects=0)
        assert answer.status == 302, answer.text()

    def log_in_by_form(self, name: str) -> None:
        """Log in as an editor does."""
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


def fill_in(page: Page, words: str, address: str) -> None:
    """Fill in the form of a comment, as someone without account, and send it."""
    form = page.locator("form.comment-form")
    form.locator("[name=name]").fill("Noor Hendriks")
    form.locator("[name=email]").fill(address)
    form.locator("[name=comment]").fill(words)
    form.locator("button[type=submit]").click()


def react(page: Page, words: str, address: str) -> None:
    fill_in(page, words, address)
    expect(page).to_have_url(re.compile("staat=bevestigen"))


def waiting(page: Page, words: str) -> Locator:
    """Find what waits at the editors' desk, by its words."""
    page.goto(f"/admin/reacties/?{urlencode({'zoek': words})}")
    return page.locator(".desk__item", has_text=words)


def search(page: Page, words: str) -> Locator:
    """Find what waits by the form of the desk, as an editor does."""
    page.goto("/admin/reacties/?filter=1")
    page.locator("#zoek").fill(words)
    page.locator(".desk__filters button[type=submit]").click()
    page.wait_for_url("**zoek=**")
    return page.locator(".desk__item", has_text=words)


def approve(page: Page, words: str) -> None:
    waiting(page, words).locator("button[value=approve]").click()
    expect(page.locator(".desk__item", has_text=words)).to_have_count(0)
