import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask
from wagtail.users.models import UserProfile

from community.notifications import silences
from community.notifications.models import Kind
from mail.models import Message
from tests import factories
from tests.factories import AuthorFactory, UserFactory
from users.models import User

WORDS = "Wie is <b>wij</b> & waarom?"


def editor(name: str) -> User:
    user = UserFactory(username=name, is_superuser=True)
    profile = UserProfile.get_for_user(user)
    profile.submitted_notifications = False  # what waits for an editor is another mail
    profile.save()
    return user


@pytest.fixture
def author(db) -> User:
    return editor("auteur")


@pytest.fixture
def reviewer(db) -> User:
    return editor("redacteur")


@pytest.fixture
def draft(db):
    return factories.BlogPageFactory(title="Een winter lang", live=False)


@pytest.fixture
def send_back(reviewer):
    """Let a reviewer send back what someone sent in."""
    workflow = Workflow.objects.create(name="Meelezen")
    task = GroupApprovalTask.objects.create(name="Lezen")
    task.groups.add(Group.objects.create(name="Meelezers"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)

    def send(page: Page, *, by: User, comment: str = WORDS, back_by: User = reviewer) -> None:
        page.save_revision()
        state = workflow.start(page, by)
        Message.objects.all().delete()
        state.current_task_state.specific.reject(user=back_by, comment=comment)

    return send


class TestADraftThatComesBack:
    def test_is_mailed_once_to_who_sent_it_in_with_the_words_of_the_editor(
        self, draft, author, send_back
    ):
        send_back(draft, by=author)

        [mail] = Message.objects.all()
        assert (mail.to, mail.kind) == (author.email, "notifications.draft")
        assert "Een winter lang" in mail.subject
        assert WORDS in mail.text
        assert "<b>wij</b>" not in mail.html
        assert f"/admin/pages/{draft.pk}/edit/" in mail.text
        assert mail.language == "nl"

    def test_is_mailed_in_the_language_of_the_author(self, draft, author, send_back):
        author.wagtail_userprofile.preferred_language = "en"
        author.wagtail_userprofile.save()

        send_back(draft, by=author)

        assert Message.objects.get().subject.startswith("Your draft")

    def test_is_mailed_to_the_author_of_the_post_too(self, draft, author, send_back):
        colleague = editor("collega")
        draft.author = AuthorFactory(user=author)
        draft.save()

        send_back(draft, by=colleague)

        told = sorted(Message.objects.values_list("to", flat=True))
        assert told == sorted([author.email, colleague.email])

    def test_is_mailed_to_nobody_who_may_not_edit_it(self, draft, author, send_back):
        draft.author = AuthorFactory(user=UserFactory())
        draft.save()

        send_back(draft, by=author)

        assert [mail.to for mail in Message.objects.all()] == [author.email]

    def test_is_mailed_with_the_title_that_it_has_as_a_draft(self, draft, author, send_back):
        draft.title = "Een zomer lang"
        send_back(draft, by=author)

        assert "Een zomer lang" in Message.objects.get().subject

    def test_is_mailed_without_words_when_there_are_none(self, draft, author, send_back):
        send_back(draft, by=author, comment="")

        assert "Wat de redacteur" not in Message.objects.get().text


class TestNobodyIsMailed:
    def test_who_sent_it_back_themselves(self, draft, author, send_back):
        send_back(draft, by=author, back_by=author)

        assert not Message.objects.exists()

    def test_who_has_switched_it_off(self, draft, author, send_back):
        silences.begin(Kind.DRAFT, user=author, now=timezone.now())

        send_back(draft, by=author)

        assert not Message.objects.exists()

    def test_who_has_switched_it_off_in_the_admin(self, draft, author, send_back):
        profile = UserProfile.get_for_user(author)
        profile.rejected_notifications = False
        profile.save()

        send_back(draft, by=author)

        assert not Message.objects.exists()

    @pytest.mark.parametrize("changes", [{"is_active": False}, {"email": ""}])
    def test_who_cannot_be_mailed(self, draft, author, send_back, changes):
        for name, value in changes.items():
            setattr(author, name, value)
        author.save()

        send_back(draft, by=author)

        assert not Message.objects.exists()
