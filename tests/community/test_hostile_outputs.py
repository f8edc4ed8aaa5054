"""Every attack that others collected, stored as readers could have, in every place that shows it.

Text and name of a comment, earlier texts, objections, names of members and of passkeys;
on pages, in feeds, in mails, on the desk, at ``/mijn/`` and in the export. Every one goes
through what makes HTML of it, through a page and a feed; mails, the desk and a member's own pages
hold a sample.
"""

import json
import re
from itertools import zip_longest
from xml.etree import ElementTree

import nh3
import pytest
from django.template import engines
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.comments import text
from community.comments.models import Comment
from community.comments.templatetags.comments import _without_indents
from community.moderation import decisions
from mail import composing
from mail.models import Message
from tests import corpora, factories, hostile
from tests.hostile import WORDS, everything, few, sample, store
from tests.markup import strangers
from tests.notifying import announce

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
ATOM = "{http://www.w3.org/2005/Atom}"
STRICT = {
    "tags": {"p", "br", "a", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre"},
    "attributes": {"a": {"href"}, "ol": {"start"}},
    "url_schemes": {"http", "https", "mailto"},
    "link_rel": "ugc nofollow",
}

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.long, corpora.needs_data]


@pytest.fixture
def member(client):
    member = factories.UserFactory()
    client.force_login(member)
    return member


def thread_of(comment: Comment) -> str:
    return reverse("comments:replies", args=[comment.public_id])


class TestStrangers:
    """The judge of all that follows."""

    @pytest.mark.parametrize(
        "html",
        [
            "<script>alert(1)</script>",
            "<p onclick=alert(1)>x</p>",
            "<a href='java\tscript:alert(1)'>x</a>",
            "<a href='&#106;avascript:alert(1)'>x</a>",
            "<a href='ftp://example.org/'>x</a>",
            "<img src=x>",
            "<p style='color:red'>x</p>",
            "<link rel=stylesheet href=/andere.css>",
            "<svg/onload=alert(1)>",
        ],
    )
    def test_are_found(self, html):
        known = ["<link rel=stylesheet href=/eigen.css><form action=/reacties/1/></form>"]

        assert strangers(f"<p>Zo:</p>{html}", known) != []

    def test_are_not_what_is_known_or_fit_for_a_comment(self):
        known = ["<link rel=stylesheet href=/eigen.css><form action=/reacties/1/></form>"]
        page = "<link rel=stylesheet href=/eigen.css><form action=/reacties/23/></form>"
        comment = '<p>x <a href="https://example.org/" rel="ugc nofollow">y</a></p>'

        assert strangers(page + comment, known) == []


class TestAText:
    def test_is_html_in_which_a_browsers_parser_finds_nothing_more(self):
        """html5ever parses as browsers do: what it would clean once more is not clean."""
        bad = []
        for string in everything():
            html = text.to_html(hostile.as_text(string))
            shown = _without_indents(html)
            if strangers(shown, []) or any(nh3.clean(it, **STRICT) != it for it in (html, shown)):
                bad.append(string)

        assert bad == []


class TestAName:
    def test_is_text_in_a_template_and_ends_no_value(self):
        template = engines["django"].from_string('<p title="{{ name }}">{{ name }}</p>')
        known = ['<p title="Noor">Noor</p>']
        bad = []
        for string in everything():
            html = template.render({"name": hostile.as_name(string)})
            if strangers(html, known) or html.count("<") != 2:
                bad.append(string)

        assert bad == []


class TestAConversation:
    def test_contains_attacks_on_its_page_and_in_its_feed(self, client, site):
        [plain] = store([WORDS] * 3)
        known = [client.get(plain.get_url()).content.decode()]
        strings = everything()
        shown, fed = 0, 0

        for post in store(strings):
            page = client.get(post.get_url()).content.decode()
            shown += page.count('class="comment__body"')
            assert strangers(page, known) == []
            fed += self.read_feed(client, post)

        assert shown == fed == len(strings)

    def read_feed(self, client: Client, post) -> int:
        """Read the feed as XML, and what is in it as HTML; return how many entries it has."""
        response = client.get(reverse("comments:page_feed", args=[post.pk]))
        entries = ElementTree.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314
        for entry in entries:
            assert strangers(entry.findtext(f"{ATOM}content"), []) == []
            assert entry.find(f"{ATOM}title").get("type", "text") == "text"
            assert entry.find(f"{ATOM}link").get("href").startswith("https://estafette.")
        return len(entries)

    def test_contains_attacks_in_a_thread(self, client, site):
        [plain] = store([WORDS] * 3)
        root = Comment.objects.on(plain).first()
        factories.comment(plain, parent=root, text=WORDS)
        known = [client.get(thread_of(root)).content.decode()]

        for post in store(sample()):
            root = Comment.objects.on(post).first()
            factories.comment(post, parent=root, text=WORDS)
            for comment in Comment.objects.on(post)[:10]:
                assert strangers(client.get(thread_of(comment)).content.decode(), known) == []


class TestAMail:
    def test_to_followers_contains_an_attack(self, site):
        known = [mail.html for mail in announced([WORDS])]

        mails = announced(few())

        assert len(mails) == len(few())
        for mail in mails:
            assert strangers(mail.html, known) == []
            assert is_sound(mail)

    def test_about_several_comments_contains_attacks(self, site):
        known = [mail.html for mail in announced_together([WORDS, WORDS])]

        mails = announced_together(sample())

        assert {mail.kind for mail in mails} == {"notifications.several"}
        for mail in mails:
            assert strangers(mail.html, known) == []
            assert is_sound(mail)

    def test_about_a_decision_contains_the_own_text(self, site):
        known = [mail.html for mail in decided([WORDS] * 3)]

        mails = decided(few())

        assert len(mails) == len(few())
        for mail in mails:
            assert strangers(mail.html, known) == []
            assert is_sound(mail)


class TestTheDesk:
    """Every page of it that shows comments, found by its own links."""

    def read(self, client: Client, *, most: int) -> list[tuple[str, str]]:
        begin = reverse("moderation:desk")
        return list(hostile.walk(client, [begin], lambda it: it.startswith(begin), most=most))

    def test_contains_what_waits_was_changed_or_is_disputed(self, client, site):
        client.force_login(factories.UserFactory(moderator=True))
        hostile.store_for_the_desk([WORDS] * 150)
        known = [page for _address, page in self.read(client, most=20)]
        Comment.objects.all().delete()
        hostile.store_for_the_desk(sample())

        dangerous = 0
        for address, page in self.read(client, most=120):
            assert strangers(page, known) == [], address
            dangerous += "alert" in page

        assert dangerous >= 10


class TestAMembersOwnPages:
    def read(self, client: Client, *, most: int = 40) -> list[str]:
        begin = [reverse(name) for name in ("members:home", "members:name", "mfa_list_webauthn")]
        mine = re.compile(r"/mijn/(?!uitloggen|gegevens)|/reacties/[0-9a-f-]{36}/\w+/")
        return [page for _address, page in hostile.walk(client, begin, mine.match, most=most)]

    def test_contain_texts_names_and_passkeys(self, client, site, member):
        hostile.store_as(member, [WORDS] * 150)
        known = self.read(client)
        Comment.objects.all().delete()

        hostile.store_as(member, sample())
        for page in self.read(client, most=60):
            assert strangers(page, known) == []

    def test_contain_the_members_own_name(self, client, site, member):
        hostile.store_as(member, [WORDS] * 3)
        known = self.read(client, most=3)

        for string in few():
            name = hostile.as_name(string)
            member.first_name, _space, member.last_name = name.partition(" ")
            member.save()
            for page in self.read(client, most=3):
                assert strangers(page, known) == []

    def test_are_exported_as_data_word_by_word(self, client, site, member):
        hostile.store_as(member, sample(900))

        response = client.get(reverse("members:export"))

        assert response.headers["Content-Type"] == "application/json"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        exported = [one["text"] for one in json.loads(response.content)["comments"]]
        kept = Comment.objects.filter(user=member).order_by("path")
        assert exported == list(kept.values_list("comment", flat=True))
        assert len(exported) == len(sample(900))


def announced(strings: list[str]) -> list[Message]:
    """Let followers of the whole conversation be told of each comment; return their mails.

    One of each page at a time, for several at once make one mail.
    """
    Comment.objects.update(announced_at=timezone.now())
    Message.objects.all().delete()
    posts = store(strings)
    for post in posts:
        factories.FollowFactory(page=post)
    keys = [list(Comment.objects.on(post).values_list("pk", flat=True)) for post in posts]
    for some in zip_longest(*keys):
        Comment.objects.filter(pk__in=filter(None, some)).update(announced_at=None)
        announce()
    return list(Message.objects.all())


def announced_together(strings: list[str]) -> list[Message]:
    """Let followers be told of all comments on a page in one mail."""
    Comment.objects.update(announced_at=timezone.now())
    Message.objects.all().delete()
    for post in store(strings):
        factories.FollowFactory(page=post)
        Comment.objects.filter(page_id=post.pk).update(announced_at=None)
    announce()
    return list(Message.objects.all())


def decided(strings: list[str]) -> list[Message]:
    """Let a moderator approve and refuse; return the mails to the writers."""
    Message.objects.all().delete()
    store(strings, status="pending")
    moderator = factories.UserFactory(moderator=True)
    waiting = Comment.objects.filter(status="pending").select_related("page")
    for number, comment in enumerate(waiting):
        if number % 3:
            decisions.reject(comment, by=moderator, reason="other")
        else:
            decisions.approve(comment, by=moderator)
    return list(Message.objects.all())


def is_sound(mail: Message) -> bool:
    """Whether ``mail`` can be sent as it is: each header on one line, nothing out of sight."""
    sent = composing.compose(mail).message()
    folded = (re.sub(r"\r?\n[ \t]", "", str(value)) for value in sent.values())
    return (
        not any("\n" in value or "\r" in value for value in folded)
        and "\n" not in mail.subject
        and not CONTROLS.search(f"{mail.subject}{mail.text}{mail.html}")
        and bool(sent.as_bytes())
    )
