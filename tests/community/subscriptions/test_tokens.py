import datetime as dt
import uuid

import pytest
import time_machine
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from community.subscriptions import tokens

ID = uuid.UUID("6f1d7a52-6a4c-4f70-9a3c-0d3f5c1c9b7e")
WEEK = dt.timedelta(days=7)


class TestTokens:
    def test_give_back_what_they_were_made_for(self):
        assert tokens.read(tokens.CONFIRM, tokens.make(tokens.CONFIRM, ID), max_age=WEEK) == ID

    def test_of_one_purpose_are_refused_for_another(self):
        with pytest.raises(tokens.BadToken):
            tokens.read(tokens.UNSUBSCRIBE, tokens.make(tokens.CONFIRM, ID))
        with pytest.raises(tokens.BadToken):
            tokens.read(tokens.CONFIRM, tokens.make(tokens.UNSUBSCRIBE, ID))

    def test_expire_where_an_age_is_given(self):
        with time_machine.travel("2026-11-23T12:00Z", tick=False) as clock:
            token = tokens.make(tokens.CONFIRM, ID)
            clock.shift(WEEK)
            assert tokens.read(tokens.CONFIRM, token, max_age=WEEK) == ID
            clock.shift(1)
            with pytest.raises(tokens.Expired):
                tokens.read(tokens.CONFIRM, token, max_age=WEEK)

    def test_last_for_ever_where_none_is_given(self):
        with time_machine.travel("2026-11-23T12:00Z"):
            token = tokens.make(tokens.UNSUBSCRIBE, ID)
        with time_machine.travel("2046-11-23T12:00Z"):
            assert tokens.read(tokens.UNSUBSCRIBE, token) == ID

    def test_outlive_a_change_of_the_key(self, settings):
        token = tokens.make(tokens.UNSUBSCRIBE, ID)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another key, long enough to be taken as one, really"

        assert tokens.read(tokens.UNSUBSCRIBE, token) == ID

    def test_of_another_key_are_refused(self, settings):
        token = tokens.make(tokens.UNSUBSCRIBE, ID)
        settings.SECRET_KEY = "another key, long enough to be taken as one, really"

        with pytest.raises(tokens.BadToken):
            tokens.read(tokens.UNSUBSCRIBE, token)

    def test_fit_in_an_address_and_end_in_no_odd_sign(self):
        token = tokens.make(tokens.UNSUBSCRIBE, ID)

        assert set(token) <= set(
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
        )
        assert len(token) < 100

    def test_signed_by_us_for_something_that_is_no_id_are_refused(self):
        signer = signing.TimestampSigner(salt=tokens.CONFIRM, sep=".", algorithm="sha256")

        with pytest.raises(tokens.BadToken):
            tokens.read(tokens.CONFIRM, signer.sign("1"))

    @given(st.text(max_size=200))
    def test_that_are_not_ours_are_refused(self, text):
        with pytest.raises(tokens.BadToken):
            tokens.read(tokens.UNSUBSCRIBE, text)

    @given(st.integers(min_value=0), st.characters())
    def test_with_one_character_changed_are_refused(self, place, letter):
        token = tokens.make(tokens.UNSUBSCRIBE, ID)
        place %= len(token)
        changed = token[:place] + letter + token[place + 1 :]

        if changed != token:
            with pytest.raises(tokens.BadToken):
                tokens.read(tokens.UNSUBSCRIBE, changed)
