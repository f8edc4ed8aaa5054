"""The mail about one comment."""

import pytest

from mail import delivering, suppression
from mail.models import Message, Suppression
from tests import factories
from tests.factories import FollowFactory
from tests.notifying import announce


class TestTheMail:
    @pytest.fixture
    def message(self, post) -> Message:
        self.follow = FollowFactory(page=post, email="volger@example.org")
        self.comment = factories.comment(post, name="Noor <b>&", text="Een *goed* & kort verhaal")
        announce()
        return Message.objects.get()

    def test_says_who_wrote_what_and_where(self, message):
        assert "Een goed & kort verhaal" in message.text
        assert "Noor <b>& " in message.text
        assert f"/reacties/{self.comment.public_id}/" in message.text
        assert "Een goed &amp; kort verhaal" in message.html
        assert "<b>&" not in message.html

    def test_has_no_name_in_its_subject(self, message):
        assert "snuffelen" in message.subject
        assert "Noor" not in message.subject

    def test_names_its_scope_and_how_to_stop(self, message):
        stop = message.headers["List-Unsubscribe"].strip("<>")
        assert "hele gesprek" in message.text
        assert stop.startswith("https://")
        assert stop in message.text
        assert f'href="{stop}"' in message.html
        assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    def test_names_the_narrow_scope_too(self, post):
        mine = factories.comment(post, announced=True)
        FollowFactory(page=post, comment=mine)
        factories.comment(post, parent=mine)
        announce()

        message = Message.objects.get()
        assert "antwoord" in message.subject.lower()
        assert "antwoorden op je reactie" in message.text

    def test_has_nobody_elses_address(self, message):
        everything = f"{message.subject}{message.text}{message.html}{message.headers}"
        assert self.comment.user_email not in everything

    def test_of_one_thread_is_put_together_by_mail_programs(self, post, message):
        answer = factories.comment(post, parent=self.comment)
        announce()
        other = factories.comment(post)
        announce()

        sent = list(Message.objects.all())
        mails = {
            row.pk: next(mail.headers for mail in sent if str(row.public_id) in mail.text)
            for row in (self.comment, answer, other)
        }
        threads = [headers["References"] for headers in mails.values()]
        assert threads[0] == threads[1] != threads[2]
        assert all(headers["In-Reply-To"] == headers["References"] for headers in mails.values())

    def test_is_in_the_language_of_the_follower(self, post):
        FollowFactory(page=post, language="en")
        factories.comment(post)
        announce()

        message = Message.objects.get()
        assert message.subject.startswith("New comment")
        assert "/en/reacties/" in message.text
        assert "/en/reacties/volgen/stoppen/" in message.headers["List-Unsubscribe"]

    def test_is_not_sent_to_a_suppressed_address(self, message, server):
        suppression.suppress("volger@example.org", Suppression.Reason.COMPLAINT)

        delivering.deliver_all()

        message.refresh_from_db()
        assert (message.state, server.mails) == (Message.State.SUPPRESSED, [])
