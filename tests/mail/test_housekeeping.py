import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from community.digests.models import Delivery
from mail import housekeeping
from mail.models import Body, Message, MonthlyCount
from mail.tasks import forget_networks, forget_old
from tests.factories import MessageFactory, SubscriptionFactory
from tests.races import together

WRITTEN = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)


def written(at: dt.datetime = WRITTEN, **kwargs) -> Message:
    with time_machine.travel(at, tick=False):
        return MessageFactory(**kwargs)


def forget(at: dt.datetime) -> None:
    with time_machine.travel(at, tick=False):
        forget_old()


@pytest.mark.django_db
class TestForgetNetworks:
    def test_wipes_what_is_older_than_two_days(self):
        with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
            MessageFactory(network_key="a" * 32)

        with time_machine.travel("2026-03-03T12:00:00Z", tick=False):
            forget_networks()
            assert Message.objects.get().network_key == "a" * 32
        with time_machine.travel("2026-03-03T12:00:01Z", tick=False):
            forget_networks()
            assert Message.objects.get().network_key == ""


@pytest.mark.django_db
class TestWords:
    @pytest.mark.parametrize("state", ["sent", "failed", "suppressed", "cancelled"])
    def test_are_kept_for_thirty_days(self, state):
        sent_at = WRITTEN if state == "sent" else None
        headers = {"List-Unsubscribe": "<https://estafette.example.org/afmelden/x/>"}
        message = written(state=state, sent_at=sent_at, headers=headers)

        forget(WRITTEN + 30 * DAY)
        message.refresh_from_db()
        assert message.text
        assert message.headers == headers

        forget(WRITTEN + 30 * DAY + SECOND)
        message.refresh_from_db()
        assert (message.subject, message.text, message.html, message.headers) == ("", "", "", {})
        assert (message.kind, message.state) == ("tests.note", state)
        assert message.to

    @pytest.mark.parametrize("state", ["queued", "deferred", "sending"])
    def test_of_a_mail_that_still_waits_are_kept(self, state):
        message = written(state=state)

        forget(WRITTEN + 400 * DAY)

        message.refresh_from_db()
        assert message.text
        assert message.state == state

    def test_of_many_are_forgotten_by_the_batch(self, monkeypatch):
        monkeypatch.setattr(housekeeping, "BATCH", 2)
        for _ in range(5):
            written(sent=True)

        assert housekeeping.forget_words(now=WRITTEN + 31 * DAY) == 5
        assert housekeeping.forget_words(now=WRITTEN + 31 * DAY) == 0

    def test_of_many_go_with_those_of_the_last_copy(self):
        with time_machine.travel(WRITTEN, tick=False):
            body = Body.objects.create(text="Dag, *", marks={"own_link": "*"})
        first, last = (written(body=body, own={"own_link": name}, sent=True) for name in "ab")
        Message.objects.filter(pk=last.pk).update(created_at=WRITTEN + 2 * DAY)

        housekeeping.forget_words(now=WRITTEN + 31 * DAY)
        assert [mail.text for mail in Message.objects.order_by("pk")] == ["", "Dag, b"]
        housekeeping.forget_words(now=WRITTEN + 33 * DAY)
        assert not Body.objects.exists()
        assert list(Message.objects.order_by("pk")) == [first, last]


@pytest.mark.django_db
class TestRows:
    def test_are_kept_for_thirteen_months_and_then_counted(self):
        for kind in ("digests.digest", "digests.digest", "comments.confirm"):
            written(sent=True, kind=kind)
        written(state="failed", kind="digests.digest")
        written(WRITTEN + 31 * DAY, sent=True, kind="digests.digest")

        forget(WRITTEN + 396 * DAY)
        assert Message.objects.count() == 5
        assert not MonthlyCount.objects.exists()

        forget(WRITTEN + 396 * DAY + SECOND)
        assert Message.objects.count() == 1
        march = dt.date(2026, 3, 1)
        assert list(MonthlyCount.objects.values_list("month", "kind", "state", "count")) == [
            (march, "comments.confirm", "sent", 1),
            (march, "digests.digest", "failed", 1),
            (march, "digests.digest", "sent", 2),
        ]

    def test_add_up_over_days(self):
        written(sent=True)
        written(WRITTEN + DAY, sent=True)

        forget(WRITTEN + 396 * DAY + SECOND)
        forget(WRITTEN + 397 * DAY + SECOND)
        forget(WRITTEN + 397 * DAY + SECOND)

        assert MonthlyCount.objects.get().count == 2

    def test_count_in_the_month_of_this_site(self):
        written(dt.datetime(2026, 2, 28, 23, 30, tzinfo=dt.UTC), sent=True)

        forget(WRITTEN + 400 * DAY)

        assert MonthlyCount.objects.get().month == dt.date(2026, 3, 1)

    def test_leave_the_delivery_of_a_digest_behind(self):
        message = written(sent=True)
        since = WRITTEN - 7 * DAY
        delivery = Delivery.objects.create(
            subscription=SubscriptionFactory(), since=since, until=WRITTEN, message=message
        )

        forget(WRITTEN + 400 * DAY)

        delivery.refresh_from_db()
        assert delivery.message is None

    def test_of_many_are_forgotten_by_the_batch(self, monkeypatch):
        monkeypatch.setattr(housekeeping, "BATCH", 2)
        for _ in range(5):
            written(sent=True)

        assert housekeeping.forget_rows(now=WRITTEN + 400 * DAY) == 5

        assert MonthlyCount.objects.get().count == 5

    def test_cost_as_many_queries_for_ten_as_for_one(self, count_queries):
        def forget_some(number: int):
            def forget() -> None:
                for _ in range(number):
                    written(sent=True)
                before.append(housekeeping.forget_rows(now=WRITTEN + 400 * DAY))

            return forget

        before: list[int] = []
        one, ten = count_queries(forget_some(1)), count_queries(forget_some(10))

        assert before == [1, 1, 10, 10]
        assert ten - one == 9  # those that wrote the mails


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTwoAtOnce:
    def test_count_each_mail_once(self, monkeypatch):
        monkeypatch.setattr(housekeeping, "BATCH", 3)
        for _ in range(20):
            written(sent=True)

        counts = together(4, lambda: housekeeping.forget_rows(now=timezone.now() + 400 * DAY))

        assert sum(counts) == 20
        assert sum(MonthlyCount.objects.values_list("count", flat=True)) == 20
