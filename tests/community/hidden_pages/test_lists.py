"""No list, address written otherwise or forged host tells of a hidden page."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from mail.models import Message
from tests import factories
from tests.community.hidden_pages.hiding import (
    ABOUT_A_COMMENT,
    ABOUT_A_PAGE,
    ALL_BUT_OFF,
    CANARY,
    FIELDS,
    WORDS,
    WRITER,
    comments_are_off,
    comments_are_off_in_the_section,
    one_group_reads,
    only_members_read,
    someone_unpublished,
    who_has_the_password_reads,
)

pytestmark = pytest.mark.once
RESTRICTED = [only_members_read, who_has_the_password_reads, one_group_reads]


class TestEveryList:
    LISTS = [
        *("/", "/blog/", "/en/", "/keten/", "/sitemap.xml", "/robots.txt"),
        *("/blog/feed.atom", "/reacties/feed.atom"),
    ]

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


class TestAnAlias:
    @pytest.mark.parametrize("hide", RESTRICTED)
    def test_of_a_hidden_page_is_in_no_list(self, post, stranger, hide):
        alias = post.create_alias(update_slug="elders")
        second = alias.create_alias(update_slug="nog-elders")
        for page in (alias, second):
            factories.comment(page, name=WRITER, text=WORDS)
        hide(post)

        for address in [*TestEveryList.LISTS, post.get_url(), alias.get_url(), second.get_url()]:
            body = stranger.get(address).content.decode()
            assert not CANARY.search(body), address
            assert "elders" not in body or address.endswith("elders/"), address

    def test_of_an_open_page_is_in_the_list(self, post, stranger):
        post.create_alias(update_slug="elders")

        assert "/blog/elders/" in stranger.get("/blog/").content.decode()


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

    @pytest.mark.long
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
