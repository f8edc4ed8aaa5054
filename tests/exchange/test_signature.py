import pytest

from core.models import Organisation
from exchange.wordpress import signature

Type = Organisation.Type


class TestFind:
    @pytest.mark.parametrize(
        "line", ["Noor de Boer, strateeg Gemeente Delft", "Noor de Boer | strateeg Gemeente Delft"]
    )
    def test_reads_the_line_that_begins_with_the_accounts_name(self, line):
        found = signature.find(["Tekst.", line, "Dit is een serie."], name="Noor de Boer", known=[])

        assert found == signature.Signature("Noor de Boer", "strateeg", "Gemeente Delft")

    def test_takes_the_writer_from_the_line_when_the_account_is_nobodys(self):
        found = signature.find(
            ["Anne van den Berg, hoogleraar TU Delft"], name="redactie", known=[]
        )

        assert found == signature.Signature("Anne van den Berg", "hoogleraar", "TU Delft")

    @pytest.mark.parametrize(
        "line",
        [
            "Sam Smit, directeur Gemeente Ede",  # somebody else
            "Noor de Boer, wie kent haar niet?",
            "Noor de Boer, zij schreef het.",
            "Noor de Boer, " + "strateeg " * 20,
            "gewone tekst, zonder naam",
            "",
        ],
    )
    def test_finds_none_in_other_lines(self, line):
        assert signature.find([line], name="Noor de Boer", known=[]) is None

    def test_looks_at_the_last_lines_only(self):
        lines = ["Noor de Boer, strateeg Gemeente Delft", "1", "2", "3", "4"]

        assert signature.find(lines, name="Noor de Boer", known=[]) is None


class TestParts:
    @pytest.mark.parametrize(
        ("text", "role", "organisation"),
        [
            (
                "Programmamanager Future City Foundation",
                "Programmamanager",
                "Future City Foundation",
            ),
            ("adviseur data Gemeente Utrecht", "adviseur data", "Gemeente Utrecht"),
            ("Senior Adviseur Gemeente Delft", "Senior Adviseur", "Gemeente Delft"),
            ("strateeg bij de Provincie Zuid-Holland", "strateeg", "Provincie Zuid-Holland"),
            ("projectleider, Waterschap De Dommel", "projectleider", "Waterschap De Dommel"),
            ("hoofd beheer, ruimte en data, Arcadis", "hoofd beheer, ruimte en data", "Arcadis"),
            ("zelfstandig onderzoeker", "zelfstandig onderzoeker", ""),
        ],
    )
    def test_splits_where_the_role_ends(self, text, role, organisation):
        assert signature.parts(text) == (role, organisation)

    def test_goes_by_known_organisations_first(self):
        known = ["Slim", "Bureau Slim", "Delft"]

        assert signature.parts("Hoofd Data Bureau slim", known) == ("Hoofd Data", "Bureau Slim")

    def test_takes_no_part_of_a_word_for_an_organisation(self):
        assert signature.parts("adviseur Kunstraad", ["raad"]) == ("adviseur", "Kunstraad")


class TestKindOf:
    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("Gemeente Delft", Type.MUNICIPALITY),
            ("Provincie Fryslân", Type.PROVINCE),
            ("Hoogheemraadschap van Delfland", Type.WATER_AUTHORITY),
            ("Ministerie van BZK", Type.STATE),
            ("TU Delft", Type.KNOWLEDGE),
            ("Slim B.V.", Type.COMPANY),
            ("Future City Foundation", Type.SOCIETY),
            ("Iets heel anders", Type.SOCIETY),
        ],
    )
    def test_goes_by_the_words_of_the_name(self, name, kind):
        assert signature.kind_of(name) == kind
