"""The comments of WordPress, as they come in."""

import datetime as dt

import pytest

from community.comments.models import Comment
from community.moderation import decisions
from mail.models import Message
from tests import factories, wxr
from tests.exchange.importing import counts
from tests.notifying import announce

pytestmark = pytest.mark.both


class TestComments:
    def test_keep_time_name_and_state(self, run):
        given = run(
            wxr.item(
                1,
                extra=wxr.comment(1)
                + wxr.comment(2, approved="0")
                + wxr.comment(3, approved="spam")
                + wxr.comment(4, approved="trash")
                + wxr.comment(5, type="pingback")
                + wxr.comment(6, text=" "),
            )
        )

        assert given == counts(posts=1, comments=4, held=1, skipped=2)
        states = Comment.objects.order_by("pk").values_list("status", flat=True)
        assert list(states) == ["approved", "pending", "spam", "removed"]
        first = Comment.objects.order_by("pk").first()
        moment = dt.datetime(2020, 6, 2, 10, tzinfo=dt.UTC)
        assert (first.user_name, first.submit_date) == ("Lezer 1", moment)
        assert first.decided_at == first.announced_at == moment  # told to nobody now

    @pytest.mark.parametrize("decide", [decisions.approve, decisions.mark_spam])
    def test_that_wait_are_decided_about_without_a_mail_to_who_proved_nothing(self, run, decide):
        run(wxr.item(1, extra=wxr.comment(2, approved="0")))

        decide(Comment.objects.get(), by=factories.UserFactory(moderator=True))
        announce()

        assert not Message.objects.exists()

    def test_leave_the_address_and_website_of_the_writer_behind(self, run):
        run(wxr.item(1, extra=wxr.comment(1)))

        comment = Comment.objects.get()
        assert (comment.ip_address, comment.user_url) == (None, "")
        assert comment.user_email == "lezer1@example.org"

    def test_that_answer_too_deep_answer_the_deepest_that_may_be(self, run):
        thread = "".join(wxr.comment(n, parent=str(n - 1)) for n in range(1, 8))

        run(wxr.item(1, extra=thread))

        comments = list(Comment.objects.order_by("pk"))
        assert [comment.level for comment in comments] == [0, 1, 2, 3, 3, 3, 3]
        assert {comment.parent_path for comment in comments[3:]} == {comments[2].path}

    def test_may_stand_in_the_file_before_what_they_answer(self, run):
        run(wxr.item(1, extra=wxr.comment(2, parent="9") + wxr.comment(9, parent="0")))

        assert Comment.objects.get(user_name="Lezer 2").level == 1

    def test_that_answer_each_other_or_nobody_stand_alone(self, run):
        ring = wxr.comment(1, parent="2") + wxr.comment(2, parent="1") + wxr.comment(3, parent="77")

        assert run(wxr.item(1, extra=ring)) == counts(posts=1, comments=3)

    def test_without_a_time_in_utc_take_the_local_one(self, run):
        extra = wxr.comment(1, date_gmt="0000-00-00 00:00:00", date="2020-06-01 12:00:00")

        run(wxr.item(1, extra=extra))

        assert Comment.objects.get().submit_date == dt.datetime(2020, 6, 1, 10, tzinfo=dt.UTC)

    def test_that_are_new_are_added_later(self, run):
        run(wxr.item(1, extra=wxr.comment(1)))

        again = run(wxr.item(1, extra=wxr.comment(1) + wxr.comment(2, parent="1")))

        assert again == counts(comments=1, unchanged=2)
        assert Comment.objects.get(user_name="Lezer 2").level == 1

    def test_erased_here_do_not_come_back(self, run):
        run(wxr.item(1, extra=wxr.comment(1)))
        Comment.objects.all().delete()

        assert run(wxr.item(1, extra=wxr.comment(1))) == counts(unchanged=2)
        assert not Comment.objects.exists()

    def test_have_names_as_people_wrote_them(self, run):
        run(wxr.item(1, extra=wxr.comment(1, author="Jansen &amp; Zn &#8211; Delft")))

        assert Comment.objects.get().user_name == "Jansen & Zn \u2013 Delft"

    @pytest.mark.parametrize(
        "fields",
        [
            {"author": "x" * 300},
            {"author": "Jan\r\nBcc: x"},
            {"author": ""},
            {"author_email": "geen adres"},
            {"author_email": "a@" + "b" * 300 + ".nl"},
            {"date_gmt": "9999-99-99"},
        ],
    )
    def test_with_odd_fields_are_stored_all_the_same(self, run, fields):
        assert run(wxr.item(1, extra=wxr.comment(1, **fields)))["comments"] == 1

        name = Comment.objects.get().user_name
        assert 0 < len(name) <= 50
        assert "\n" not in name
