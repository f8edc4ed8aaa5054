import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from community.subscriptions.models import Subscription
from mail.models import Message
from tests.factories import BlogPageFactory, SubscriptionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def new_post(**kwargs):
    return BlogPageFactory(first_published_at=timezone.now(), **kwargs)


def run(*arguments) -> tuple[dict, str]:
    out, err = StringIO(), StringIO()
    call_command("send_digests", *arguments, stdout=out, stderr=err)
    return json.loads(out.getvalue().splitlines()[-1]), err.getvalue()


class TestSendDigests:
    def test_hands_the_mails_over_at_once(self, server):
        reader = SubscriptionFactory(confirmed=True)
        new_post(title="Sensoren")

        outcome, errors = run()

        assert outcome == {"periods": 1, "deliveries": 1, "mails": 1, "skipped_empty": 0}
        assert errors == ""
        [mail] = server.mails
        assert mail["To"] == reader.email
        assert "Sensoren" in mail["Subject"]
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    def test_twice_sends_once(self, server):
        SubscriptionFactory(confirmed=True)
        new_post()

        run()
        outcome, _ = run()

        assert outcome["mails"] == 0
        assert len(server.taken) == 1

    def test_ends_well_when_the_mail_server_is_away(self, server):
        SubscriptionFactory(confirmed=True)
        new_post()
        server.close()

        outcome, errors = run()

        assert outcome["mails"] == 1
        assert "away" in errors
        assert Message.objects.get().state == "deferred"

    @pytest.mark.parametrize(
        "moment", ["2036-12-01T08:00", "2036-12-01", "2036-12-01T08:00Z", "2036-12-01T08:00+05:00"]
    )
    def test_acts_as_if_it_were_another_moment(self, server, moment):
        SubscriptionFactory(confirmed=True)
        new_post()

        assert run("--now", moment)[0]["mails"] == 1

    def test_takes_a_moment_without_zone_as_dutch(self, server):
        subscription = SubscriptionFactory(confirmed=True)

        run("--now", "2036-12-01T07:59")

        subscription.refresh_from_db()
        assert subscription.next_digest_at.isoformat() == "2036-12-01T07:00:00+00:00"

    @pytest.mark.parametrize(
        "moment", ["", "morgen", "2026-13-01", "9999-12-31T23:59", "0001-01-01", "\x00", "1" * 999]
    )
    def test_refuses_what_is_no_moment_in_one_line(self, moment):
        with pytest.raises(CommandError) as caught:
            run("--now", moment)

        assert "\n" not in str(caught.value)
        assert len(str(caught.value)) < 200

    def test_dry_changes_and_sends_nothing(self, server):
        SubscriptionFactory(confirmed=True)
        new_post()
        before = list(Subscription.objects.values())

        outcome, _ = run("--dry-run")

        assert outcome["mails"] == 1
        assert list(Subscription.objects.values()) == before
        assert server.taken == []
