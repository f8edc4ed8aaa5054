import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from community.comments import editing, own
from community.comments.models import Comment
from community.moderation import decisions
from community.moderation.models import Act
from mail.models import Message
from tests import factories

Status = Comment.Status
WORDS = {
    "unconfirmed": "Nog niet bevestigd",
    "pending": "Wacht op beoordeling",
    "approved": "Geplaatst",
    "rejected": "Niet geplaatst",
    "spam": "Niet geplaatst",
    "removed": "Weggehaald door een redacteur",
    "deleted_by_author": "Door jou verwijderd",
}


def state(client, comment) -> str:
    response = client.get(own.address(comment))
    assert response.status_code == 200
    return response.content.decode()


class TestTheState:
    @pytest.mark.parametrize(("status", "words"), WORDS.items())
    def test_is_told_in_words(self, client, db, status, words):
        assert f">{words}</h2>" in state(client, factories.comment(status=status))

    def test_of_what_waits_tells_how_long_that_usually_takes(self, client, db):
        for _ in range(5):
            at = timezone.now() - dt.timedelta(hours=4, minutes=30)
            decided = factories.comment(confirmed_at=at)
            Act.objects.create(comment=decided, from_status="pending", to_status="approved")

        assert "meestal binnen 5 uur" in state(client, factories.comment(status="pending"))

    def test_of_what_waits_promises_nothing_without_figures(self, client, db):
        assert "meestal" not in state(client, factories.comment(status="pending"))

    def test_of_a_placed_comment_leads_to_it(self, client, db):
        comment = factories.comment()

        assert f'href="{comment.get_absolute_url()}"' in state(client, comment)

    def test_of_a_refused_comment_gives_reason_and_explanation(self, client, moderator):
        comment = factories.comment(status="pending")
        decisions.reject(comment, by=moderator, reason="offensive", explanation="<b>Zo</b> niet.")

        page = state(client, comment)

        assert "kwetsend" in page
        assert "&lt;b&gt;Zo&lt;/b&gt; niet." in page
        assert "/bezwaar/" in page

    def test_of_spam_hides_nothing_and_names_no_rule(self, client, db):
        comment = factories.comment(
            status="spam", evidence={"phase": "trap", "word": "geheimwoord"}
        )

        page = state(client, comment)

        assert "we zagen het voor spam aan" in page
        assert "geheimwoord" not in page
        assert "/bezwaar/" in page

    def test_of_a_refused_comment_says_who_looked_and_whether_software_did(self, client, moderator):
        plain = factories.comment(status="pending")
        flagged = factories.comment(status="pending", evidence={"phase": "spam_score"})
        for comment in (plain, flagged):
            decisions.reject(comment, by=moderator, reason="offensive")

        assert "Een redacteur zag dit bij het lezen" in state(client, plain)
        assert "er kwam geen software aan te pas" in state(client, plain)
        assert "Software had je reactie apart gezet" in state(client, flagged)

    def test_of_spam_that_no_person_has_seen_says_so(self, client, db):
        page = state(client, factories.comment(status="spam"))

        assert "Dit heeft software uit zichzelf gedaan" in page

    def test_names_no_editor(self, client, moderator):
        comment = factories.comment(status="pending")
        decisions.reject(comment, by=moderator, reason="offensive")

        assert str(moderator) not in state(client, comment)

    def test_offers_only_what_can_be_done_now(self, client, db):
        young = factories.comment(at=timezone.now())
        old = factories.comment()
        deleted = factories.comment(status="deleted_by_author")

        assert "/wijzigen/" in state(client, young)
        assert "/wijzigen/" not in state(client, old)
        assert "/verwijderen/" in state(client, old)
        assert "/bezwaar/" not in state(client, old)
        assert "/verwijderen/" not in state(client, deleted)

    @pytest.mark.parametrize("changes", [{"live": False}, {"comments_mode": "off"}])
    def test_says_nothing_about_a_page_that_cannot_be_read(self, client, db, changes):
        post = factories.BlogPageFactory(title="Een geheim bericht")
        comment = factories.comment(post, text="Wel mijn woorden")
        type(post).objects.filter(pk=post.pk).update(**changes)

        page = state(client, comment)

        assert "Een geheim bericht" not in page
        assert post.slug not in page
        assert "Wel mijn woorden" in page

    def test_comes_in_english_too(self, client, db):
        comment = factories.comment(status="pending")

        page = client.get(f"/en{own.address(comment)}").content.decode()

        assert "Waits for an editor" in page


class TestTheMails:
    def test_each_lead_to_the_comment_of_its_writer(self, client, moderator):
        placed, refused = (factories.comment(status="pending") for _ in range(2))

        decisions.approve(placed, by=moderator)
        decisions.reject(refused, by=moderator, reason="other")

        for comment, message in zip([placed, refused], Message.objects.order_by("pk"), strict=True):
            assert own.link(comment) in message.text
            assert own.link(comment) in message.html

    def test_of_a_member_lead_to_the_comment_as_well(self, client, moderator):
        comment = factories.comment(status="pending", user=factories.UserFactory())

        decisions.approve(comment, by=moderator)

        link = Message.objects.get().text.split("/stand/?sleutel=")[1].split()[0]
        assert own.opens(link, comment.public_id)


class TestTheDeskOfAnEditor:
    def test_shows_that_a_text_was_changed_and_what_it_said_before(self, client, moderator):
        comment = factories.comment(status="pending", at=timezone.now(), text="Eerst <dit>")
        editing.edit(comment, text="Daarna dat", now=timezone.now())
        client.force_login(moderator)

        page = client.get("/admin/reacties/").content.decode()

        assert "Daarna dat" in page
        assert "Eerst &lt;dit&gt;" in page

    def test_does_not_decide_about_a_text_that_the_editor_did_not_see(self, client, moderator):
        comment = factories.comment(status="pending", at=timezone.now(), text="Gezien")
        client.force_login(moderator)
        editing.edit(comment, text="Ongezien", now=timezone.now())
        address = reverse("moderation:decide", args=[comment.public_id])

        response = client.post(
            address, {"act": "approve", "status": "pending", "version": ""}, follow=True
        )

        assert Comment.objects.get(pk=comment.pk).status == Status.PENDING
        assert "intussen gewijzigd" in response.content.decode()

    def test_decides_about_the_text_that_stands_there(self, client, moderator):
        comment = factories.comment(status="pending", at=timezone.now())
        edited = editing.edit(comment, text="Gezien", now=timezone.now())
        client.force_login(moderator)
        page = client.get("/admin/reacties/").content.decode()
        version = page.split('name="version" value="')[1].split('"')[0]
        address = reverse("moderation:decide", args=[edited.public_id])

        client.post(address, {"act": "approve", "status": "pending", "version": version})

        assert Comment.objects.get(pk=comment.pk).status == Status.APPROVED
