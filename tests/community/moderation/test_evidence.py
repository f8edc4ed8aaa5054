import pytest
from django.urls import reverse

from community.comments.models import Comment
from community.moderation import evidence
from tests import factories

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def words(**found) -> str:
    return " ".join(evidence.in_words(Comment(evidence=found)))


class TestInWords:
    @pytest.mark.parametrize(
        ("found", "said"),
        [
            ({"phase": "links", "links": 3}, "Er staan 3 links in."),
            ({"phase": "repeat", "repeats": 1}, "nog 1 keer verstuurd"),
            ({"phase": "history", "refused": 2}, "zijn 2 reacties van deze schrijver geweigerd"),
            ({"phase": "trap", "trapped": True}, "een verborgen veld ingevuld"),
            ({"phase": "block_rules", "rule": 1, "matched": ["casino"]}, "casino"),
            ({"phase": "spam_score", "spam_score": 0.93, "spam_words": ["gratis"]}, "93%"),
            ({"phase": "first_timer", "verdict": "hold"}, "hier nieuw"),
            ({"phase": "mode", "verdict": "hold"}, "hier alles wacht"),
            ({"phase": "always_waits", "verdict": "hold"}, "deze schrijver eerst wil lezen"),
            ({"phase": "mode", "verdict": "approve"}, "stond er meteen"),
            ({"imported": True}, "import"),
            ({"improves": "abc"}, "geweigerde reactie verbeterd"),
            ({"seconds": 0}, "binnen 0 seconden"),
        ],
    )
    def test_says_what_was_found(self, found, said):
        assert said in words(**found)

    def test_says_all_findings_once(self):
        findings = [
            {"verdict": "hold", "phase": "links", "links": 3},
            {"verdict": "hold", "phase": "mode"},
        ]

        said = evidence.in_words(Comment(evidence={**findings[0], "findings": findings}))

        assert len(said) == 2

    @pytest.mark.parametrize("found", [{}, {"phase": "iets nieuws"}, {"network_rules": [1]}])
    def test_says_nothing_about_what_it_does_not_know(self, found):
        assert words(**found) == ""


class TestHaste:
    def send(self, client, **data):
        post = factories.BlogPageFactory()
        form = {"name": "Noor", "email": "noor@example.org", "comment": "Een reactie", **data}
        address = reverse("comments:post", args=[post.pk])
        return client.post(address, form, headers=SAME_ORIGIN)

    @pytest.mark.parametrize(("duur", "kept"), [("0", 0), ("3", 3), ("4", None), ("600", None)])
    def test_is_kept_as_evidence_and_decides_nothing(self, client, db, duur, kept):
        self.send(client, duur=duur)

        comment = Comment.objects.get()
        assert comment.evidence.get("seconds") == kept
        assert comment.status == Comment.Status.UNCONFIRMED

    @pytest.mark.parametrize("duur", ["", "-1", "x", "\u0663", "1e3", "9" * 400, "1.5"])
    def test_is_unknown_for_what_makes_no_sense(self, client, db, duur):
        response = self.send(client, duur=duur)

        assert response.status_code == 303
        assert "seconds" not in Comment.objects.get().evidence
