import pytest

from community.comments.blocking.candidates import Candidate, visible
from community.comments.blocking.finding import MOST_MATCHES, address_key, seeker
from community.comments.models import BlockRule


def found(candidate: Candidate, **rule):
    return seeker(BlockRule(**rule))(candidate)


class TestVisible:
    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("cas**in**o", "casino"),
            ("&#99;asino", "casino"),
            ("[casino](https://elders.example/)", "casino"),
            ("a < b && c > d", "a < b && c > d"),
            ("een\ntwee\n\ndrie", "een\ntwee\n\ndrie"),
        ],
    )
    def test_words_are_those_that_a_reader_sees(self, typed, words):
        assert visible(Candidate(typed=typed).text_html).replace("\n\n", "\n") == words.replace(
            "\n\n", "\n"
        )


class TestARuleAboutWords:
    def test_tells_the_words_and_where_they_stand(self):
        candidate = Candidate(typed="Naar het Casino, of twee casino's")

        it = found(candidate, kind="word", pattern="casino")

        assert it.matched == ["Casino", "casino's"]
        assert [candidate.words.text[start:end] for start, end in it.spans] == it.matched

    def test_looks_at_the_name_of_the_writer_as_well(self):
        it = found(
            Candidate(typed="Mooi stuk", name="Casin0 Royale"), kind="word", pattern="casino"
        )

        assert it.matched == ["Casin0"]
        assert it.spans == []

    def test_finds_nothing_where_nothing_is(self):
        assert found(Candidate(typed="Mooi"), kind="phrase", pattern="gratis geld") is None

    def test_stops_looking_when_it_has_seen_enough(self):
        it = found(Candidate(typed="casino " * 400), kind="word", pattern="casino")

        assert len(it.spans) == MOST_MATCHES


class TestARuleAboutADomain:
    def test_tells_which_hosts_below_it_are_linked(self):
        candidate = Candidate(typed="Zie [hier](https://www.speel.example/) en speel.example")

        it = found(candidate, kind="domain", pattern="speel.example")

        assert it.matched == ["www.speel.example", "speel.example"]
        assert [candidate.words.text[start:end] for start, end in it.spans] == ["speel.example"]

    def test_leaves_other_domains_alone(self):
        candidate = Candidate(typed="https://geenspeel.example/ https://speel.example.org/")

        assert found(candidate, kind="domain", pattern="speel.example") is None


class TestARuleAboutAnAddress:
    @pytest.mark.parametrize(
        ("pattern", "email", "is_found"),
        [
            ("jan@example.org", "Jan@Example.org ", True),
            ("jan@example.org", "janet@example.org", False),
            ("@example.org", "wie@example.org", True),
            ("@example.org", "wie@sub.example.org", True),
            ("@example.org", "wie@geenexample.org", False),
            ("@example.org", "", False),
            ("@xn--mnchen-3ya.example", "wie@münchen.example", True),
            ("@example.org", '"@"@example.org', True),
        ],
    )
    def test_holds_for_the_address_or_its_domain(self, pattern, email, is_found):
        it = found(Candidate(email=email), kind="address", pattern=pattern)

        assert (it is not None) is is_found

    def test_of_a_comment_holds_by_its_key_alone(self):
        rule = {"kind": "address", "pattern": "j…n@example.org"}
        key = address_key("jan@example.org")

        assert found(Candidate(email="JAN@example.org"), key=key, **rule)
        assert found(Candidate(email="joan@example.org"), key=key, **rule) is None

    def test_keeps_no_address_in_what_it_found(self):
        it = found(Candidate(email="jan@example.org"), kind="address", pattern="jan@example.org")

        assert (it.matched, it.spans) == ([], [])


class TestTheKeyOfAnAddress:
    def test_says_nothing_of_the_address(self):
        assert len(address_key("jan@example.org")) == 32
        assert address_key("jan@example.org") == address_key(" JAN@example.org")

    def test_is_empty_for_nobody(self):
        assert address_key(" ") == ""


class TestARuleAboutANetwork:
    def test_of_a_comment_holds_for_the_same_network_on_that_day(self):
        rule = {"kind": "network", "key": "a" * 32}

        assert found(Candidate(network_key="a" * 32), **rule)
        assert found(Candidate(network_key="b" * 32), **rule) is None
        assert found(Candidate(network_key=""), **rule) is None

    def test_holds_for_what_matched_it_when_it_was_sent(self):
        rule = {"pk": 7, "kind": "network", "pattern": "203.0.113.0/24"}

        assert found(Candidate(network_rules=[7]), **rule)
        assert found(Candidate(network_rules=[8]), **rule) is None
