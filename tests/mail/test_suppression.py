import pytest

from mail import suppression
from mail.models import Suppression

REASON = Suppression.Reason.COMPLAINT


@pytest.mark.django_db
class TestSuppression:
    def test_holds_however_the_address_is_typed(self):
        suppression.suppress("Lezer@Example.org", REASON)

        assert suppression.is_suppressed(" lezer@example.org")
        assert not suppression.is_suppressed("ander@example.org")

    def test_twice_keeps_the_first_reason(self):
        suppression.suppress("lezer@example.org", REASON)
        suppression.suppress("lezer@example.org", Suppression.Reason.MANUAL)

        assert [row.reason for row in Suppression.objects.all()] == [REASON]

    def test_does_not_keep_the_address(self):
        row = suppression.suppress("lezer@example.org", REASON)

        assert "lezer" not in str(vars(row))
        assert len(row.email_hash) == 64

    def test_outlives_a_change_of_the_key(self, settings):
        suppression.suppress("lezer@example.org", REASON)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another key, long enough to be taken as one, really"

        assert suppression.is_suppressed("lezer@example.org")

    def test_can_be_taken_back(self):
        suppression.suppress("lezer@example.org", REASON)

        assert suppression.release("LEZER@example.org")
        assert not suppression.is_suppressed("lezer@example.org")
        assert not suppression.release("lezer@example.org")
