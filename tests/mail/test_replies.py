import pytest

from mail import replies


class TestReplies:
    @pytest.mark.parametrize(
        ("words", "code", "gone"),
        [
            ("550 5.1.1 <a@example.org> User unknown", "5.1.1", True),
            ("550-5.2.1 The account is disabled", "5.2.1", True),
            ("550 no such user", "550", True),
            ("550 Requested action not taken: mailbox unavailable", "550", True),
            ("5.0.0 (failed) smtp; 550 5.1.10 null MX", "5.1.10", True),
            ("552 5.2.2 Mailbox full", "5.2.2", False),
            ("550 5.7.1 Message rejected as spam", "5.7.1", False),
            ("550 relaying denied", "550", False),
            ("554 Service unavailable; blocked using a blocklist", "554", False),
            ("450 4.1.1 User unknown in local table", "4.1.1", False),
            ("421 too busy", "421", False),
            ("Wij zijn op zondag 5 mei dicht", "", False),
            ("Server 10.5.1.1 said nothing", "", False),
        ],
    )
    def test_tell_an_address_that_is_gone_from_one_that_is_not(self, words, code, gone):
        assert replies.status(words) == code
        assert replies.says_gone(code, words) == gone

    def test_are_read_in_time_that_grows_with_their_length(self):
        for words in ("user " * 20_000, "5.1." * 20_000, "address " + "x" * 100_000):
            assert not replies.says_gone("", words)
