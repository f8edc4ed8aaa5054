"""Of a page that a reader may not see, no address of comments or of following tells a thing.

Every address below ``/reacties/`` is asked, so a new one is asked too, or fails here
until it says what it needs.
"""

import re
import uuid
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import BlogPage
from community.comments import confirming, own
from community.comments.models import Comment, Confirmation
from community.moderation import notice_links
from community.moderation.models import Case
from community.notifications import links
from community.notifications.models import Follow
from mail.models import Message
from tests import factories
from tests.config.doors import doors

pytestmark = pytest.mark.once

WORD = re.compile(r"<\w+:(\w+)>")
ROUTES = {
    door.name: set(WORD.findall(door.route))
    for door in doors()
    if door.route.startswith("reacties/")
}
ABOUT_A_PAGE = [name for name, words in ROUTES.items() if words == {"page_id"}]
ABOUT_A_COMMENT = [name for name, words in ROUTES.items() if words == {"public_id"}]
BY_TOKEN = [
    "comments:confirm",
    "comments:ask_again",
    "notifications:confirm",
    "notifications:stop",
    "notifications:stop_all",
    "own:notice",
]
FOR_READERS = {"own:notify"}  # which a writer has no more right to than anyone
ABOUT_NONE = ["comments:forget_device", "comments:feed", "comments:preview"]

TITLE, INTRODUCTION, TEXT = "Kanarietitel", "Kanarie-inleiding", "Kanarietekst"
WORDS, WRITER = "Kanariewoorden", "Karel Kanarie"
CANARY = re.compile("kanarie", re.IGNORECASE)

NOTHING_NEW = (b'{"count": 0, "key": "0"}', b"")  # to a GET, to a HEAD

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
FIELDS = {
    "name": "Noor",
    "email": "noor@example.org",
    "comment": "Mag ik ook iets zeggen?",
    "objection": "Dat is niet waar.",
}


def nobody_published(page):
    BlogPage.objects.filter(pk=page.pk).update(live=False, first_published_at=None)


def someone_unpublished(page):
    page.unpublish()


def comments_are_off(page):
    BlogPage.objects.filter(pk=page.pk).update(comments_mode="off")


def comments_are_off_in_the_section(page):
    index = page.get_parent().specific
    index.comments_mode = "off"
    index.save()


def only_members_read(page):
    page.view_restrictions.create(restriction_type="login")


def only_members_read_the_section(page):
    page.get_parent().view_restrictions.create(restriction_type="login")


def who_has_the_password_reads(page):
    page.view_restrictions.create(restriction_type="password", password="geheim")


def one_group_reads(page):
    restriction = page.view_restrictions.create(restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="Kernteam"))


HIDDEN = [
    nobody_published,
    someone_unpublished,
    comments_are_off,
    comments_are_off_in_the_section,
    only_members_read,
    only_members_read_the_section,
    who_has_the_password_reads,
    one_group_reads,
]
ALL_BUT_OFF = [state for state in HIDDEN if "off" not in state.__name__]


@pytest.fixture
def post(site):
    """A page with a conversation, of which every word is a canary."""
    post = factories.BlogPageFactory(
        title=TITLE,
        slug="een-bericht",
        introduction=INTRODUCTION,
        body=[("text", f"<p>{TEXT}</p>")],
    )
    root = factories.comment(post, name=WRITER, text=WORDS)
    for status in ("approved", "pending", "rejected", "spam", "removed"):
        factories.comment(post, parent=root, status=status, name=WRITER, text=WORDS)
    return post


@pytest.fixture
def comment(post) -> Comment:
    return Comment.objects.on(post).first()


@pytest.fixture
def stranger() -> Client:
    return Client(headers=SAME_ORIGIN)


@pytest.fixture
def stranger_in_the_group_of_others() -> Client:
    """A member, who is in no group."""
    client = Client(headers=SAME_ORIGIN)
    client.force_login(factories.UserFactory())
    return client


def ask(client: Client, method: str, address: str):
    return client.post(address, FIELDS) if method == "POST" else client.generic(method, address)


def what_is_said(response, key: object) -> tuple:
    """Return an answer without the key in its address, to hold it against another's."""
    said = [response.content.decode(), response.headers.get("Location", "")]
    in_an_address = re.compile(rf"(?<=/|F){re.escape(str(key))}(?=/|%)")
    return (response.status_code, *(in_an_address.sub("…", words) for words in said))


class TestTheRoutes:
    def test_are_all_asked_here(self):
        known = [*ABOUT_A_PAGE, *ABOUT_A_COMMENT, *BY_TOKEN, *ABOUT_NONE]

        assert set(known) == set(ROUTES)
        assert min(map(len, (ABOUT_A_PAGE, ABOUT_A_COMMENT))) >= 6


class TestAnOpenPage:
    """The other side: what is not found below is found here."""

    @pytest.mark.parametrize("name", ABOUT_A_PAGE)
    def test_has_addresses(self, post, stranger, name):
        assert stranger.get(reverse(name, args=[post.pk])).status_code in {200, 302}

    @pytest.mark.parametrize("name", ["comments:permalink", "comments:replies"])
    def test_has_addresses_of_its_comments(self, comment, stranger, name):
        response = stranger.get(reverse(name, args=[comment.public_id]), follow=True)

        assert response.status_code == 200
        assert all(word in response.content.decode() for word in (TITLE, WORDS, WRITER))

    def test_says_what_is_new(self, post, stranger):
        answer = stranger.get(reverse("comments:news", args=[post.pk]), {"na": "0"})

        assert answer.json()["count"] == 2

    def test_takes_comments_and_followers(self, post, stranger):
        for name in ("comments:post", "notifications:follow"):
            assert stranger.post(reverse(name, args=[post.pk]), FIELDS).status_code in {200, 303}

        assert Message.objects.count() == 2


@pytest.mark.parametrize("hide", HIDDEN)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
class TestAHiddenPage:
    def test_is_like_one_that_is_not_there(self, post, stranger, hide, method):
        hide(post)
        nowhere = post.pk + 100_000

        for name in ABOUT_A_PAGE:
            there = ask(stranger, method, f"{reverse(name, args=[post.pk])}?na=0")
            not_there = ask(stranger, method, f"{reverse(name, args=[nowhere])}?na=0")
            assert what_is_said(there, post.pk) == what_is_said(not_there, nowhere), name
            assert there.status_code in {404, 405} or there.content in NOTHING_NEW, name
        assert not Follow.objects.exists()
        assert not Message.objects.exists()

    def test_has_comments_like_those_that_are_not_there(self, post, stranger, hide, method):
        hide(post)
        keys, nowhere = list(Comment.objects.values_list("public_id", flat=True)), uuid.uuid4()

        for name in ABOUT_A_COMMENT:
            missing = ask(stranger, method, reverse(name, args=[nowhere]))
            assert missing.status_code in {404, 405}, name
            for key in keys:
                there = ask(stranger, method, reverse(name, args=[key]))
                assert what_is_said(there, key) == what_is_said(missing, nowhere), name


class TestTheWriterOnAHiddenPage:
    """A link from a mail opens the writer's own words, and nothing else."""

    @pytest.mark.parametrize("hide", ALL_BUT_OFF)
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_finds_the_own_comment_and_no_page(self, post, stranger, hide, method):
        asked = {}
        theirs = {name for name in ABOUT_A_COMMENT if name.startswith("own:")} - FOR_READERS
        for name in sorted(theirs):
            for status in ("pending", "approved", "removed"):
                mine = factories.comment(
                    post, status=status, text="Mijn woorden", at=timezone.now()
                )
                key = f"?{own.FIELD}={own.key(mine)}"
                asked[name, status] = f"{reverse(name, args=[mine.public_id])}{key}"
        hide(post)

        for what, address in asked.items():
            response = ask(stranger, method, address)
            assert response.status_code in {200, 303, 405, 409}, what
            assert not CANARY.search(response.content.decode()), what

    @pytest.mark.parametrize("hide", ALL_BUT_OFF)
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_is_led_by_a_token_and_told_nothing(self, post, stranger, hide, method):
        asked = {
            (name, state): reverse(name, args=[TOKENS[name](post, state)])
            for name in BY_TOKEN
            for state in ("fresh", "used", "old")
        }
        hide(post)

        for what, address in asked.items():
            for _ in range(2):
                response = ask(stranger, method, address)
                assert response.status_code in {200, 303, 404, 405, 410, 422}, what
                assert not CANARY.search(response.content.decode()), what

    def test_sees_the_page_where_it_may_be_read(self, post, stranger):
        for state in ("fresh", "used"):
            address = reverse("comments:confirm", args=[_to_confirm(post, state)])
            assert TITLE in stranger.get(address).content.decode()


def _to_confirm(post, state: str) -> str:
    """Return the token of a comment that waits for its writer."""
    asked = timezone.now() - timedelta(days=4 if state == "old" else 0)
    address = f"{uuid.uuid4().hex}@example.org"
    mine = factories.comment(
        post, status="unconfirmed", text="Mijn woorden", email=address, at=asked
    )
    confirming.ask(mine, now=asked)
    token = Message.objects.latest("pk").text.split("/bevestigen/")[1].split("/")[0]
    if state == "used":
        confirming.confirm(token, now=asked)
    assert Confirmation.objects.filter(comment=mine).exists()
    return token


def _to_follow(post, state: str) -> str:
    follow = factories.FollowFactory(page=post, unconfirmed=state != "used")
    return links.confirm(follow).rstrip("/").rpartition("/")[2]


def _to_stop(post, state: str) -> str:
    follow = factories.FollowFactory(page=post)
    token = links.stop(follow).rstrip("/").rpartition("/")[2]
    if state == "used":
        follow.delete()
    return token


def _to_stop_all(post, state: str) -> str:
    follow = factories.FollowFactory(page=post)
    token = links.switch_off(follow.public_id.hex, "nl").rstrip("/").rpartition("/")[2]
    if state == "used":
        follow.delete()
    return token


def _to_a_notice(post, state: str) -> str:
    """Return the token of a notice; one that was decided about when ``state`` is not fresh."""
    sent = factories.notice(factories.comment(post))
    if state != "fresh":
        decided = {"closed_at": timezone.now(), "outcome": "kept"}
        Case.objects.filter(pk=sent.case_id).update(**decided)
    return notice_links.path(sent).rstrip("/").rpartition("/")[2]


TOKENS = {
    "comments:confirm": _to_confirm,
    "comments:ask_again": _to_confirm,
    "notifications:confirm": _to_follow,
    "notifications:stop": _to_stop,
    "notifications:stop_all": _to_stop_all,
    "own:notice": _to_a_notice,
}


class TestAMember:
    def test_outside_the_group_finds_nothing(self, post, comment, stranger_in_the_group_of_others):
        one_group_reads(post)
        addresses = [reverse(name, args=[post.pk]) for name in ABOUT_A_PAGE]
        addresses += [reverse(name, args=[comment.public_id]) for name in ABOUT_A_COMMENT]

        for address in addresses:
            response = stranger_in_the_group_of_others.get(f"{address}?na=0")
            assert response.status_code == 404 or response.json()["count"] == 0

    def test_of_the_group_finds_everything(self, post, comment):
        one_group_reads(post)
        member = factories.UserFactory()
        member.groups.add(Group.objects.get(name="Kernteam"))
        client = Client(headers=SAME_ORIGIN)
        client.force_login(member)

        response = client.get(reverse("comments:replies", args=[comment.public_id]))

        assert WORDS in response.content.decode()


class TestEveryList:
    LISTS = ["/", "/blog/", "/en/", "/sitemap.xml", "/blog/feed.atom", "/reacties/feed.atom"]

    @pytest.mark.parametrize("hide", ALL_BUT_OFF)
    def test_leaves_a_hidden_page_out(self, post, stranger, hide):
        own_address = post.get_url()
        assert CANARY.search(stranger.get("/blog/").content.decode())
        hide(post)

        for address in [*self.LISTS, own_address]:
            response = stranger.get(address)
            assert not CANARY.search(response.content.decode()), address

    @pytest.mark.parametrize("hide", [comments_are_off, comments_are_off_in_the_section])
    def test_leaves_out_comments_that_are_off(self, post, stranger, hide):
        own_address = post.get_url()
        hide(post)

        for address in [*self.LISTS, own_address]:
            body = stranger.get(address).content.decode()
            assert WORDS not in body, address
            assert WRITER not in body, address


class TestAnAddressWrittenOtherwise:
    """R13: a page is not opened by another spelling of its address."""

    @staticmethod
    def variants(address: str) -> list[str]:
        bare = address.rstrip("/")
        return [
            bare,
            f"{bare}//",
            f"/{address}",
            f"{address}%2f",
            f"{bare}%2F",
            address.upper(),
            f"{bare}/%2e/",
            f"{bare}/x/%2e%2e/",
            f"{address};",
            f"{bare};x=1/",
            f"{bare}%20/",
            f"{bare}.html",
            f"{bare}.json",
            f"{address}index.html",
            quote(bare, safe="") + "/",
            f"/en{address}",
            f"/nl{address}",
        ]

    @pytest.mark.parametrize("hide", [someone_unpublished, only_members_read])
    def test_leads_nowhere_else(self, post, comment, stranger, hide):
        addresses = [post.get_url()]
        addresses += [reverse(name, args=[post.pk]) for name in ABOUT_A_PAGE]
        addresses += [reverse(name, args=[comment.public_id]) for name in ABOUT_A_COMMENT]
        hide(post)

        for address in addresses:
            for variant in self.variants(address):
                response = stranger.get(variant, follow=True)
                assert response.status_code in {200, 400, 404}, variant
                assert not CANARY.search(response.content.decode()), variant

    def test_of_a_readable_page_leads_to_that_page_or_is_not_found(self, post, stranger):
        for variant in self.variants(post.get_url()):
            response = stranger.get(variant, follow=True)
            if response.status_code == 200:
                assert response.request["PATH_INFO"] in {post.get_url(), f"/en{post.get_url()}"}
            else:
                assert response.status_code == 404, variant


class TestAForgedHost:
    """What a proxy or a client says about the host comes back in no answer and in no mail."""

    NAMES = ["X-Forwarded-Host", "X-Host", "Forwarded", "X-Forwarded-Server", "X-Original-Host"]
    PATHS = ["X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Script-Name"]
    EVIL = "kwaad.example"

    def test_changes_no_answer(self, post, comment, stranger):
        addresses = [*TestEveryList.LISTS, post.get_url()]
        addresses += [reverse(name, args=[post.pk]) for name in ABOUT_A_PAGE]
        addresses += [reverse(name, args=[comment.public_id]) for name in ABOUT_A_COMMENT]
        forged = dict.fromkeys(self.NAMES, self.EVIL) | dict.fromkeys(self.PATHS, "/admin/")
        forged["Forwarded"] = f"host={self.EVIL};proto=http"

        for address in addresses:
            honest = stranger.get(address)
            response = stranger.get(address, headers=forged)
            assert response.status_code == honest.status_code
            assert response.content == honest.content
            assert self.EVIL not in str(response.headers)

    def test_comes_into_no_mail(self, post, stranger):
        headers = dict.fromkeys(self.NAMES, self.EVIL)

        for name in ("comments:post", "notifications:follow"):
            stranger.post(reverse(name, args=[post.pk]), FIELDS, headers=headers)

        assert Message.objects.count() == 2
        for message in Message.objects.all():
            assert "https://estafette.example.org/" in message.text
            assert self.EVIL not in f"{message.text}{message.html}{message.headers}"

    @pytest.mark.parametrize("host", ["kwaad.example", "estafette.example.org.kwaad.example", "["])
    def test_of_the_request_itself_is_refused(self, post, stranger, host):
        response = stranger.get(post.get_url(), headers={"Host": host})

        assert response.status_code == 400
        assert host not in response.content.decode()
