import gettext

from config import messages

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "comment"
msgstr "reactie"

#, fuzzy
msgid "baton"
msgstr "stok"

msgctxt "verb"
msgid "post"
msgstr "plaatsen"

msgid "%(n)s link"
msgid_plural "%(n)s links"
msgstr[0] "%(n)s schakel"
msgstr[1] "%(n)s schakels"
"""


def catalogue(folder):
    path = folder / "nl" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO, encoding="utf-8")
    return path


class TestCompileAll:
    def test_makes_what_gettext_reads(self, tmp_path):
        catalogue(tmp_path)

        messages.compile_all([tmp_path])

        dutch = gettext.translation("django", tmp_path, ["nl"])
        assert dutch.gettext("comment") == "reactie"
        assert dutch.gettext("baton") == "baton"
        assert dutch.pgettext("verb", "post") == "plaatsen"
        assert dutch.ngettext("%(n)s link", "%(n)s links", 2) == "%(n)s schakels"

    def test_does_nothing_twice(self, tmp_path):
        catalogue(tmp_path)

        first, second = messages.compile_all([tmp_path]), messages.compile_all([tmp_path])

        assert (len(first), second) == (1, [])
