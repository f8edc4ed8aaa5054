import datetime as dt

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task

from blog.models import BlogPage
from config.tasks import run_background
from core import background
from core.models import BackgroundTask
from tests.factories import BlogPageFactory
from tests.races import together

calls: list[str] = []


@task()
def note(word: str) -> None:
    calls.append(word)


@task()
def fail(word: str) -> None:
    calls.append(word)
    raise ValueError(word)


@task()
def break_the_transaction() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO core_backgroundtask (id) VALUES (1)")


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.TASKS = {"default": {"BACKEND": "core.task_backend.DatabaseBackend"}}
    calls.clear()


@pytest.fixture
def post(db, search_index) -> BlogPage:
    post = BlogPageFactory(title="Een winter lang snuffelen")
    background.run_all()
    return post


def found(words: str) -> list[str]:
    return [page.title for page in BlogPage.objects.all().search(words)]


class TestSearch:
    def test_finds_a_post_after_a_worker_ran(self, post):
        post.title = "Een zomer lang meten"
        post.save()
        assert found("zomer") == []

        run_background()

        assert found("zomer") == ["Een zomer lang meten"]
        assert not BackgroundTask.objects.exists()

    def test_needs_one_call_for_ten_changes(self, references, post):
        for number in range(10):
            post.title = f"Titel {number}"
            post.save()

        assert background.run_all() == 2  # the index for search, and who refers to what
        assert found("titel") == ["Titel 9"]

    def test_is_left_alone_when_the_change_is_taken_back(self, post):
        with transaction.atomic():
            post.title = "Nooit"
            post.save()
            transaction.set_rollback(True)

        assert not BackgroundTask.objects.exists()

    def test_minds_no_post_that_is_gone(self, post):
        post.save()
        post.delete()

        run_background()

        assert not BackgroundTask.objects.exists()

    def test_asks_nothing_of_a_broker(self, post, settings, references):
        settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"  # nobody answers there

        post.save()

        assert BackgroundTask.objects.count() == 2


@pytest.mark.django_db
class TestRunning:
    def test_makes_each_call_once(self):
        for word in ("a", "b", "a"):
            note.enqueue(word)

        assert background.run_all() == 2
        assert background.run_all() == 0
        assert calls == ["a", "b"]

    def test_waits_for_the_moment_that_was_asked_for(self):
        later = timezone.now() + dt.timedelta(hours=1)
        note.using(run_after=later).enqueue("later")

        background.run_due(now=later - dt.timedelta(seconds=1))
        assert calls == []

        background.run_due(now=later)
        assert calls == ["later"]

    def test_keeps_nothing_waiting_for_what_fails(self):
        fail.enqueue("x")
        break_the_transaction.enqueue()
        note.enqueue("a")

        assert background.run_all() == 1

        assert calls == ["x", "a"]
        assert BackgroundTask.objects.count() == 2

    def test_tries_again_each_time_a_little_later_and_gives_up(self):
        start = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
        with time_machine.travel(start, tick=False):
            fail.enqueue("x")
        moments = [0, 1, 3, 7, 15, 31, 63, 127, 255, 511]

        for number, minutes in enumerate(moments, start=1):
            now = start + dt.timedelta(minutes=minutes)
            background.run_due(now=now - dt.timedelta(seconds=1))
            background.run_due(now=now)
            assert len(calls) == number

        assert not BackgroundTask.objects.exists()

    def test_looks_once_more_for_what_was_wanted_meanwhile(self):
        """What is written down while a call is made may be too late for that call."""
        note.enqueue("a")
        early = timezone.now()
        note.using(run_after=early + dt.timedelta(seconds=1)).enqueue("a")

        background.run_due(now=early)
        background.run_due(now=early + dt.timedelta(seconds=1))

        assert calls == ["a", "a"]

    def test_of_ten_calls_of_one_kind_costs_as_many_queries_as_of_one(self, count_queries):
        def run(number: int) -> int:
            def wanted_and_run():
                for _ in range(number):
                    note.enqueue("a")
                background.run_all()

            return count_queries(wanted_and_run)

        assert run(10) - run(1) == 9  # those that wrote them down


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestFourWorkersAtOnce:
    def test_make_each_call_once(self):
        for number in range(12):
            note.enqueue(str(number))

        counts = together(4, background.run_all)

        assert sum(counts) == 12
        assert sorted(calls, key=int) == [str(number) for number in range(12)]
        assert not BackgroundTask.objects.exists()
