"""What a browser makes of attacks that were sent in by the form: on the page, in the preview,
on the desk and in mails. Nothing runs, and nothing is fetched from elsewhere."""

import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from community.comments import text
from community.comments.forms import NAME_LENGTH
from tests import corpora
from tests.demo import Demo
from tests.journeys import attacks
from tests.journeys.people import Person
from tests.shares import THOROUGH

PREVIEWED = 300  # of all attacks, many in a text
MAILED_WITHIN = 180  # seconds
DESK = "/admin/reacties/"
MOST_PAGES = 150  # of the desk
MARK = re.compile(r"\bnr(\d{3})\b")
LINKS = "links => links.map(link => link.href)"

# Whatever calls one of these has run; a page of ours calls none.
TRAPS = """
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    window[name] = (...words) => console.error(`RAN ${name} ${words}`);
}
"""
COMPLAINT = re.compile(r"RAN |Content.Security.Policy|Refused to", re.IGNORECASE)


class Watched:
    """A page of which everything is noted that an attack could do."""

    def __init__(self, context, demo: Demo) -> None:
        self.page, self.host = context.new_page(), urlsplit(demo.url).netloc
        self.ran: list[str] = []
        context.add_init_script(TRAPS)
        self.page.on("dialog", self._dialog)
        self.page.on("popup", lambda popup: self.ran.append(f"popup {popup.url}"))
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.ran.append(f"error {error}"))
        self.page.on("request", self._request)

    def open(self, address: str) -> str:
        """Read the page at ``address``, which stays there, and return its text."""
        self.page.goto(address)
        assert urlsplit(self.page.url).path == urlsplit(address).path
        return self.page.content()

    def _dialog(self, dialog) -> None:
        self.ran.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _console(self, message) -> None:
        if COMPLAINT.search(message.text):
            self.ran.append(message.text)

    def _request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "ftp"} and parts.netloc != self.host:
            self.ran.append(f"request {request.url}")


def fit() -> list[str]:
    return [line for line in corpora.attacks() if 0 < len(text.normalise(line)) < 2900]


def sent() -> list[str]:
    """Return one attack of each kind, for a comment each."""
    if THOROUGH:
        return corpora.spread(fit(), 300)
    return corpora.one_of_each_kind(fit())


def post(demo: Demo, page: int, number: int, attack: str) -> None:
    """Send ``attack`` as text and as name; where no name can be like that, with another."""
    for name in (text.one_line(attack)[:NAME_LENGTH], "Noor"):
        fields = {
            "name": name,
            "email": f"{attacks.SENDER}{number}@example.org",
            "comment": f"{attack}\n\nnr{number:03}",
        }
        request = urllib.request.Request(
            f"{demo.url}reacties/{page}/",
            data=urllib.parse.urlencode(fields).encode(),
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                assert "verstuurd" in response.url
                return
        except urllib.error.HTTPError as error:
            if error.code != 422:
                raise
    raise AssertionError(f"Not taken: {attack!r}")


def inside(demo: Demo, call: str) -> str:
    return demo.run(f"from tests.journeys import attacks; print(attacks.{call})")


def with_text(demo: Demo) -> list[dict]:
    """Return the mails that hold what was written: to the follower, and to who was refused."""
    return [
        mail
        for mail in demo.postvak()
        if mail["to"] == attacks.FOLLOWER
        or (mail["to"].startswith(attacks.SENDER) and "<blockquote" in mail["html"])
    ]


def mails_of_attacks(demo: Demo) -> list[dict]:
    """Return those and what the senders were asked and told besides."""
    theirs = (attacks.FOLLOWER, attacks.SENDER)
    return [mail for mail in demo.postvak() if mail["to"].startswith(theirs)]


def chunks(strings: list[str]) -> Iterator[str]:
    """Return ``strings`` in texts that are as long as a comment may be."""
    whole = ""
    for string in strings:
        if whole and len(whole) + len(string) > text.MAX_LENGTH - 100:
            yield whole
            whole = ""
        whole += f"{string}\n\n"
    yield whole


class TestTheWatch:
    @pytest.mark.parametrize(
        "html",
        [
            "<script>alert(1)</script>",
            "<img src='data:x' onerror=confirm(1)>",
            "<svg onload=prompt(1)>",
            "<img src='http://elders.example/x.png'>",
            "<script>throw 1</script>",
        ],
    )
    def test_sees_what_runs(self, browser, demo: Demo, html):
        context = browser.new_context(base_url=demo.url)
        watched = Watched(context, demo)
        watched.page.goto("about:blank")

        watched.page.set_content(html)
        watched.page.wait_for_timeout(200)

        assert watched.ran != []
        context.close()


@pytest.mark.long
@corpora.needs_data
class TestHostileTexts:
    @pytest.fixture
    def attacked(self, demo: Demo) -> Iterator[Demo]:
        """A demo in which every attack of the sample was sent in and judged."""
        self.where = json.loads(inside(demo, "prepare()"))
        for number, attack in enumerate(sent()):
            post(demo, self.where["key"], number, attack)
        judged = json.loads(inside(demo, "judge()"))
        assert sum(judged.values()) == len(sent()) >= 30
        self.approved, self.refused = judged["approved"], judged["rejected"]
        yield demo
        inside(demo, f"hide({self.where['key']})")

    @pytest.fixture
    def watched(self, browser, attacked: Demo) -> Iterator[Watched]:
        context = browser.new_context(base_url=attacked.url)
        yield Watched(context, attacked)
        context.close()

    def test_run_nowhere(self, watched: Watched, attacked: Demo):
        on_page = self.read_conversation(watched)
        self.preview(watched)
        mails = self.read_mails(watched, attacked)
        on_desk = self.read_desk(watched, attacked)

        assert watched.ran == []
        assert len(on_page) == self.approved
        assert mails > self.refused  # one to each of these, and what is new to who follows
        assert len(on_desk) == len(sent())

    def read_conversation(self, watched: Watched) -> set[str]:
        seen, number = set(), 1
        while found := set(MARK.findall(watched.open(f"{self.where['url']}?reacties={number}"))):
            if found <= seen:
                break
            seen |= found
            number += 1
        return seen

    def preview(self, watched: Watched) -> None:
        """Type many into the form, and look how they will be."""
        page = watched.page
        page.goto(self.where["url"])
        for number, words in enumerate(chunks(corpora.spread(fit(), PREVIEWED))):
            with page.expect_response("**/voorbeeld/"):
                page.locator("[data-comment-form] [name=comment]").fill(words)
                if not number:
                    page.locator("[data-preview-button]").click()
            page.locator("[data-preview-box] p").first.wait_for()

    def read_mails(self, watched: Watched, demo: Demo) -> int:
        """Show each mail as a reader of mail would that has no policy at all."""
        deadline = time.monotonic() + MAILED_WITHIN
        while len(found := with_text(demo)) <= self.refused and time.monotonic() < deadline:
            time.sleep(0.05)
        page = watched.page
        page.goto("about:blank")
        for mail in found:
            page.set_content(mail["html"])
        watched.open("/postvak/")
        for mail in mails_of_attacks(demo)[::5]:
            watched.open(f"/postvak/{mail['key']}/")
        return len(found)

    def read_desk(self, watched: Watched, demo: Demo) -> set[str]:
        """Read the desk by its own links, in every state and page by page."""
        page, seen, done = watched.page, set(), set()
        Person(demo, page).log_in("moderator")
        waiting = [urllib.parse.urljoin(demo.url, DESK)]
        while waiting and len(done) < MOST_PAGES and len(seen) < len(sent()):
            address = waiting.pop(0)
            if address not in done:
                done.add(address)
                seen |= set(MARK.findall(watched.open(address)))
                links = page.eval_on_selector_all("a[href*='staat=']", LINKS)
                waiting += [link for link in links if is_plain_list(link)]
        return seen


def is_plain_list(link: str) -> bool:
    """Whether ``link`` leads to a state or to a page of it: filters show nothing else."""
    parts = urlsplit(link)
    return parts.path == DESK and set(urllib.parse.parse_qs(parts.query)) <= {"staat", "p"}
