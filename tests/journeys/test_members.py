"""Accounts, end to end: what a member does in a browser, with JavaScript and without."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.demo import Demo
from tests.journeys.axe import problems
from tests.journeys.people import Person
from tests.journeys.windows import PATIENCE

CODE = re.compile(r"^[A-Z]{4}-[A-Z]{4}$", re.MULTILINE)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def person(people, request) -> Person:
    return people(java_script_enabled=request.param)


@pytest.fixture
def owner(browser, demo: Demo):
    """Someone whose computer keeps passkeys; those need a site with a name for an address."""
    context = browser.new_context(base_url=demo.url.replace("127.0.0.1", "localhost"))
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    keys = context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield Person(demo, page)
    context.close()


def send(page: Page, **fields: str) -> None:
    """Fill in the first form of the page and send it."""
    form = page.locator("main form:not([data-passkey])").first
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()


def fill_in_code(person: Person, address: str) -> None:
    mail = person.mail(address, containing="code")
    send(person.page, code=CODE.search(mail["text"])[0])


def log_out(page: Page) -> None:
    page.goto("/mijn/")
    page.locator("form[action='/mijn/uitloggen/'] button").click()
    page.wait_for_load_state()


class TestAMember:
    def test_signs_up_comes_back_by_code_and_leaves(self, person):
        page, address = person.page, f"{uuid.uuid4().hex[:8]}@example.org"
        page.goto("/mijn/inloggen/")
        page.locator("main a[href='/mijn/aanmelden/']").click()
        send(page, name="Noor Hendriks", email=address)
        fill_in_code(person, address)
        expect(page.locator("h1")).to_contain_text("Noor Hendriks")
        log_out(page)

        page.goto("/mijn/")
        page.locator("main a[href^='/mijn/inloggen/code/']").click()
        send(page, email=address)
        mail = person.mail(address, containing="inloggen")
        send(page, code=CODE.search(mail["text"])[0])
        expect(page.locator("h1")).to_contain_text("Noor Hendriks")

        page.goto("/mijn/opheffen/")
        page.locator("[value=laten-staan]").check()
        page.locator("main form button[type=submit]").click()
        expect(page).to_have_url(re.compile("/mijn/opgeheven/"))
        page.goto("/mijn/")
        expect(page).to_have_url(re.compile("/mijn/inloggen/"))

    @pytest.mark.parametrize("person", [False], ids=["without JavaScript"], indirect=True)
    @pytest.mark.parametrize("name", ["lid", "redactie", "beheer"])
    def test_of_the_demo_logs_in_with_a_name(self, person, name):
        person.page.goto("/mijn/inloggen/")
        send(person.page, username=name, password="estafette")

        expect(person.page.locator("h1 bdi")).to_be_visible()

    def test_logs_in_with_an_address(self, person):
        person.page.goto("/mijn/inloggen/")
        send(person.page, username="lid@example.org", password="estafette")

        expect(person.page.locator("h1 bdi")).to_be_visible()


class TestAPasskey:
    def test_is_added_and_opens_the_account(self, owner):
        page, address = owner.page, f"{uuid.uuid4().hex[:8]}@example.org"
        page.goto("/mijn/aanmelden/")
        send(page, name="Noor Hendriks", email=address)
        fill_in_code(owner, address)
        page.goto("/mijn/passkeys/toevoegen/")
        page.locator("form[data-passkey] [name=name]").fill("Mijn laptop")
        page.locator("form[data-passkey] button").click()
        expect(page.locator("main h2 bdi")).to_have_text("Mijn laptop")
        assert problems(page) == []
        log_out(page)

        page.goto("/mijn/inloggen/?next=/keten/")
        page.locator("form[data-passkey] button").click()
        expect(page).to_have_url(re.compile("/keten/$"))
        expect(page.locator("[data-member-slot]")).to_contain_text("Noor Hendriks")

    def test_is_not_offered_where_it_cannot_work(self, people):
        page = people().page

        page.goto("/mijn/inloggen/")

        expect(page.locator("form[data-passkey]")).to_be_hidden()


@pytest.mark.long
class TestAxe:
    def test_finds_nothing_on_the_pages_of_an_account(self, people):
        member = people()
        page = member.page
        page.goto("/mijn/aanmelden/")
        assert problems(page) == []
        send(page, name="", email="x")
        expect(page.locator("[aria-invalid=true]")).to_have_count(2)
        assert problems(page) == []
        member.log_in("lid")

        for path in ("", "naam/", "e-mailadres/", "wachtwoord/", "passkeys/", "opheffen/"):
            page.goto(f"/mijn/{path}")
            assert problems(page) == []
