from celery.schedules import crontab
from django.conf import settings

from config.celery import KNOCK_EVERY, app


class TestSchedule:
    def test_rings_only_bells_that_exist(self):
        app.loader.import_default_modules()

        wanted = {entry["task"] for entry in app.conf.beat_schedule.values()}

        assert wanted <= set(app.tasks)

    def test_lets_knocks_expire_so_that_a_night_without_worker_piles_up_nothing(self):
        for entry in app.conf.beat_schedule.values():
            assert entry["options"]["expires"] > 0

    def test_looks_into_the_outbox_every_two_seconds(self):
        assert app.conf.beat_schedule["deliver due mail"]["schedule"] == KNOCK_EVERY == 2

    def test_opens_digests_once_an_hour(self):
        assert app.conf.beat_schedule["send due digests"]["schedule"] == crontab(minute="2-59/10")


class TestQueue:
    def test_keeps_no_results_for_which_it_would_wait(self):
        assert app.conf.result_backend is None
        assert app.conf.task_ignore_result is True

    def test_gives_a_task_back_when_its_worker_dies(self):
        assert app.conf.task_acks_late is True
        assert app.conf.task_reject_on_worker_lost is True

    def test_waits_for_a_broker_that_is_away_for_as_long_as_it_takes(self):
        assert app.conf.broker_connection_retry_on_startup is True
        assert app.conf.broker_connection_max_retries is None

    def test_tells_the_time_as_the_site_does(self):
        assert app.conf.timezone == settings.TIME_ZONE
