from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from community.digests import holds
from config.celery import app
from tests.factories import MessageFactory, SubscriptionFactory, UserFactory

pytestmark = pytest.mark.both


@pytest.fixture
def no_broker(settings, tmp_path):
    """A broker that refuses: nobody listens on this socket."""
    address = f"redis+socket://{tmp_path / 'nobody.sock'}"
    former = app.conf.broker_url, app.conf.broker_write_url
    app.conf.broker_url = app.conf.broker_write_url = address
    yield
    app.conf.broker_url, app.conf.broker_write_url = former


class TestLive:
    def test_says_ok_without_asking_the_database(self, client):
        response = client.get("/health/live")

        assert (response.status_code, response.json()) == (200, {"status": "ok"})

    @pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
    def test_is_never_kept_by_a_cache(self, client, db, address):
        assert "no-store" in client.get(address).headers["Cache-Control"]


@pytest.mark.django_db
class TestReady:
    def test_says_ok_when_all_answer(self, client):
        response = client.get("/health/ready")

        assert response.status_code == 200
        assert response.json() == {
            "status": "ok",
            "database": "ok",
            "broker": "ok",
            "oldest_due_mail_seconds": 0,
            "oldest_due_digest_seconds": 0,
        }

    def test_is_ready_without_a_broker(self, client, no_broker):
        response = client.get("/health/ready")

        assert response.status_code == 200
        assert response.json()["status"] == "degraded"
        assert response.json()["broker"] == "down"

    def test_is_not_ready_without_the_database(self, client, monkeypatch):
        def refuse():
            raise DatabaseError

        monkeypatch.setattr(connection, "cursor", refuse)

        response = client.get("/health/ready")

        assert response.status_code == 503
        assert response.json()["status"] == "down"
        assert response.json()["oldest_due_mail_seconds"] is None
        assert response.json()["oldest_due_digest_seconds"] is None

    @pytest.mark.parametrize(("minutes", "status"), [(50, "ok"), (70, "degraded")])
    def test_warns_when_mail_is_over_an_hour_late(self, client, minutes, status):
        MessageFactory(due_at=timezone.now() - timedelta(minutes=minutes))

        response = client.get("/health/ready")

        assert response.status_code == 200
        assert response.json()["status"] == status
        assert minutes * 60 <= response.json()["oldest_due_mail_seconds"] < minutes * 60 + 60

    @pytest.mark.parametrize(("minutes", "status"), [(50, "ok"), (70, "degraded")])
    def test_warns_when_a_digest_is_over_an_hour_late(self, client, minutes, status):
        due_at = timezone.now() - timedelta(minutes=minutes)
        SubscriptionFactory(confirmed=True, next_digest_at=due_at)

        response = client.get("/health/ready")

        assert response.status_code == 200
        assert response.json()["status"] == status

    def test_is_well_while_an_editor_holds_the_digests(self, client):
        now = timezone.now()
        SubscriptionFactory(confirmed=True, next_digest_at=now - timedelta(hours=9))
        holds.hold(by=UserFactory(digests=True), now=now)

        assert client.get("/health/ready").json()["status"] == "ok"
