import pytest

from mail import composing, reports
from mail.models import Bounce
from tests.factories import MessageFactory
from tests.mail import letters

Kind = Bounce.Kind


@pytest.fixture
def message(db):
    return MessageFactory(to="weg@example.org", attempts=1)


class TestReading:
    @pytest.mark.parametrize(
        ("status", "action", "diagnosis", "kind", "is_final"),
        [
            ("5.1.1", "failed", "smtp; 550 5.1.1 no such user", Kind.HARD, True),
            ("5.0.0", "failed", "", Kind.HARD, True),
            ("5.0.0", "failed", "smtp; 550 5.1.1 unknown", Kind.HARD, True),
            ("5.2.2", "failed", "smtp; 552 5.2.2 over quota", Kind.SOFT, True),
            ("4.4.7", "failed", "", Kind.SOFT, True),
            ("4.4.1", "delayed", "", Kind.SOFT, False),
            ("2.0.0", "delivered", "", Kind.OTHER, True),
        ],
    )
    def test_a_notification_judges_by_its_code(
        self, message, status, action, diagnosis, kind, is_final
    ):
        raw = letters.notification(message, status=status, action=action, diagnosis=diagnosis)

        report = reports.read(raw)

        assert (report.kind, report.is_final) == (kind, is_final)
        assert report.keys == (message.key,)

    @pytest.mark.parametrize("name", sorted(letters.IN_FREE_WORDS))
    def test_knows_the_words_of_old_servers(self, message, name):
        words, kind = letters.IN_FREE_WORDS[name]

        report = reports.read(letters.filled(words, message))

        assert report.kind == kind
        if kind != Kind.OTHER:
            assert report.keys == (message.key,)

    @pytest.mark.parametrize("sort", ["abuse", "fraud", "opt-out"])
    def test_takes_a_complaint(self, message, sort):
        report = reports.read(letters.complaint(message, sort=sort))

        assert report.kind == Kind.COMPLAINT
        assert report.keys == (message.key,)

    @pytest.mark.parametrize("sort", ["not-spam", "auth-failure"])
    def test_takes_no_complaint_for_what_is_none(self, message, sort):
        assert reports.read(letters.complaint(message, sort=sort)).kind == Kind.OTHER

    def test_names_no_mail_of_another_host(self, message):
        raw = letters.notification(message).replace(
            composing.host().encode(), b"elders.example.org"
        )

        assert reports.read(raw).keys == ()

    @pytest.mark.parametrize(
        "raw",
        [
            b"From: a\nContent-Type: multipart/report; boundary=x\n\n--x\n",
            b"From: mailer-daemon\nSubject: =?utf-8?q?=FF?=\n\n\xff\xfe 550 no such user",
            b"Content-Type: message/delivery-status\n\nniets",
            b"Content-Type: text/plain; charset=bestaat-niet\nFrom: postmaster\n\n550 5.1.1",
            b"Content-Transfer-Encoding: base64\nFrom: postmaster\n\n====",
            b"A: b\n" * 10_000,
        ],
    )
    def test_answers_for_any_mail(self, raw):
        assert reports.read(raw).kind in Kind

    @pytest.mark.parametrize("raw", [b"", b"\n\n", b"geen mail\n", b"\x00\xff"])
    def test_refuses_what_is_no_mail(self, raw):
        with pytest.raises(reports.Unreadable):
            reports.read(raw)
