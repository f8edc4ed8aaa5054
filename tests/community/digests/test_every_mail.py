"""Every mail of a run, as the mail server gets it, whatever people wrote and however long."""

import email
import email.policy
import re
from email.message import EmailMessage

import pytest
from django.utils import timezone
from wagtail.models import Page

from mail import delivering
from mail.models import Message
from tests import corpora, hostile
from tests.community.digests.sending import send
from tests.factories import SubscriptionFactory

LONGEST = 998  # bytes of a line: RFC 5321, 4.5.3.1.6
BARE_END = re.compile(rb"\r(?!\n)|(?<!\r)\n")  # which no server has to take: RFC 5321, 2.3.8
LONG = ["a" * 3000, "é" * 3000, "日本" * 1500, f"https://example.org/{'x' * 2900}", "&" * 3000]
DOTS = [".", "..\n.\n.\nQUIT", "Dag\n.\nDATA", "Bcc: iemand@example.com\n\nHallo", "=\n=3D=\n.="]
ON_A_POST = 8
ODD_NAMES = {"Bcc", "Cc", "Reply-To", "X-Odd"}

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("site")]


@corpora.needs_data
class TestEveryMailOfARun:
    @pytest.fixture
    def readers(self) -> list[str]:
        """Readers of every sort: some share their mail with many, some have one of their own."""
        strings = [*LONG, *DOTS, *hostile.few()]
        for start in range(0, len(strings), ON_A_POST):
            write_about(strings[start : start + ON_A_POST])
        found = Page.objects.filter(slug__startswith="bericht").values_list("pk", flat=True)
        now = timezone.now()
        readers = SubscriptionFactory.create_batch(5, confirmed=True, confirmed_at=now)
        for pk in found:
            readers.append(SubscriptionFactory(confirmed=True, choices=[("conversation", str(pk))]))
        for language in ("nl", "en"):
            for frequency in ("at_once", "daily", "monthly"):
                wish = {"language": language, "frequency": frequency}
                readers.append(SubscriptionFactory(confirmed=True, **wish))
        return sorted(reader.email for reader in readers)

    def test_parses_fits_its_lines_and_keeps_its_name_on_a_resend(self, server, readers):
        send()
        server.pipelining = True
        delivering.deliver_all()
        server.pipelining = False
        Message.objects.update(state="queued", sent_at=None, due_at=timezone.now())
        delivering.deliver_all()

        first, again = server.taken[: len(readers)], server.taken[len(readers) :]
        assert sorted(to for to, _raw in first) == readers
        assert sorted(to for to, _raw in again) == readers
        assert max(len(line) for _to, raw in server.taken for line in raw.split(b"\r\n")) <= LONGEST
        names = {to: parsed(to, raw)["Message-ID"] for to, raw in first}
        assert len(set(names.values())) == len(readers)
        assert names == {to: parsed(to, raw)["Message-ID"] for to, raw in again}


def write_about(strings: list[str]) -> None:
    """Store ``strings`` as comments under a new post, which has the first of them as its title."""
    [post] = hostile.store(strings)
    title = hostile.as_name(strings[0]) + strings[0].replace("\x00", "")[:150]
    Page.objects.filter(pk=post.pk).update(title=title, first_published_at=timezone.now())


def parsed(to: str, raw: bytes) -> EmailMessage:
    """Return the mail that ``raw`` is, in which no mail program finds anything wrong."""
    assert not BARE_END.search(raw)
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert [part.defects for part in mail.walk() if part.defects] == []
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert all(part.get_content() for part in mail.iter_parts())
    assert (mail["To"], len(mail.get_all("Subject"))) == (to, 1)
    assert not ODD_NAMES & set(mail.keys())
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return mail
