import time

import pytest

from community.comments import text
from community.comments.blocking import hosts
from community.comments.blocking.candidates import Candidate


class TestNormalise:
    @pytest.mark.parametrize(
        ("typed", "host"),
        [
            ("Example.ORG", "example.org"),
            ("example.org.", "example.org"),
            ("münchen.example", "xn--mnchen-3ya.example"),
            ("xn--mnchen-3ya.example", "xn--mnchen-3ya.example"),
            ("ｅxample。org", "example.org"),
            ("203.0.113.7", "203.0.113.7"),
        ],
    )
    def test_gives_one_name_for_one_host(self, typed, host):
        assert hosts.normalise(typed) == host

    @pytest.mark.parametrize(
        "typed", ["", " ", ".", "a b", "-.-", "a..b", "x" * 300, "\x00", "_._"]
    )
    def test_says_what_is_no_host(self, typed):
        with pytest.raises(hosts.BadHost):
            hosts.normalise(typed)


class TestWithin:
    @pytest.mark.parametrize(
        ("host", "answer"),
        [
            ("example.org", True),
            ("www.example.org", True),
            ("badexample.org", False),
            ("example.org.evil.example", False),
            ("org", False),
        ],
    )
    def test_takes_subdomains_and_nothing_else(self, host, answer):
        assert hosts.within(host, "example.org") is answer


class TestTheHostsOfAComment:
    @pytest.mark.parametrize(
        ("written", "found"),
        [
            ("Zie https://www.Example.org/pad?x=1#y", "www.example.org"),
            ("Zie [hier](http://example.org:8080/)", "example.org"),
            ("Zie example.nl", "example.nl"),
            ("Zie speel.bet, dat niemand een link maakt", "speel.bet"),
            ("Schrijf naar <mailto:jan@post.example>", "post.example"),
            ("Zie https://münchen.example/", "xn--mnchen-3ya.example"),
            ("Zie https://gebruiker:woord@example.org/", "example.org"),
            ("Zie speel。bet", "speel.bet"),
            ("Zie [x](https://e&#120;ample.org/)", "example.org"),
        ],
    )
    def test_are_those_that_it_links_to_or_names(self, written, found):
        assert found in Candidate(typed=written).hosts

    @pytest.mark.parametrize(
        "written", ["Geen link. Wel een zin", "http://[", "[x](/pad)", "1.2.3"]
    )
    def test_are_none_where_there_is_no_link(self, written):
        assert Candidate(typed=written).hosts == []

    def test_are_found_in_time_in_proportion_to_the_text(self):
        def seconds(written: str) -> float:
            started = time.process_time()
            list(hosts.standing(written))
            return time.process_time() - started

        for piece in ["a.", "a", "a-", "-.", "a.b.c.d.e.f.g.h.i.j1."]:
            long = piece * (text.MAX_LENGTH // len(piece))
            assert seconds(long) < 0.5
