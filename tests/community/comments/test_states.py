from django.utils import translation

from community.comments import own
from community.comments.models import Comment


class TestAState:
    def test_that_waits_has_one_wording_for_writer_and_editor(self):
        with translation.override("nl"):
            writer = str(own.STATES[Comment.Status.PENDING])
            editor = str(Comment.Status.PENDING.label)

        assert writer.lower() == editor.lower() == "wacht op beoordeling"
