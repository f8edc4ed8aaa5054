"""Dutch sentences, put together by chance: the same for the same seed."""

from random import Random

CITIES = [
    "Waterbeek",
    "Hogerveld",
    "Dijkhoven",
    "Zandwoude",
    "Lindeveen",
    "Grachtenrode",
    "Oeverstad",
]
THEMES = ["parkeren", "fijnstof", "dataplatform", "camera", "verlichting", "drukte", "waterpeil"]
TURNS = ["wat we anders deden", "een les in afspraken", "wie beslist er", "drie misverstanden"]
FIRST_NAMES = ["Anna", "Bilal", "Chaima", "Daan", "Els", "Farid", "Greet", "Hugo", "Imke", "Jamal"]
LAST_NAMES = ["Bakker", "de Wit", "El Amrani", "Hoekstra", "Kuipers", "Smit", "van Loon", "Yilmaz"]
SENTENCES = [
    "Bij ons liep dit precies zo, alleen duurde het langer.",
    "Wie is hier na afloop eigenlijk verantwoordelijk voor?",
    "Het contract was op papier in orde, en toch werkte het niet.",
    "We hebben de bewoners pas gevraagd toen het plan af was.",
    "Dat zou ik een volgende keer **andersom** doen.",
    "De sensor doet het goed; de afspraken eromheen nog niet.",
    "Kun je iets meer vertellen over de kosten per jaar?",
    "Daar ben ik het niet mee eens, want zonder cijfers kom je nergens.",
    "Na een half jaar bleek dat niemand de rapportage las.",
    "Onze raad heeft er twee avonden over gepraat.",
    "Een middag aan één tafel leverde meer op dan drie adviezen.",
    "Zie ook https://example.org/verslag voor het hele verhaal.",
    "Begin klein, en spreek af wanneer je stopt.",
    "De leverancier dacht gelukkig goed mee.",
    "Ik neem dit mee naar ons overleg van volgende week.",
    "Mooi stuk, vooral het deel over het beheer.",
]
TEXTS = 400  # different comments; the same words need to be made safe only once


class Words:
    """A source of names, titles and texts."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  repeatable, not secret
        self._texts = [self._comment() for _ in range(TEXTS)]

    def name(self) -> str:
        return f"{self.random.choice(FIRST_NAMES)} {self.random.choice(LAST_NAMES)}"

    def title(self) -> str:
        city, theme, turn = (self.random.choice(words) for words in (CITIES, THEMES, TURNS))
        return f"{city} en {theme}: {turn}"

    def sentences(self, count: int) -> str:
        return " ".join(self.random.choices(SENTENCES, k=count))

    def comment(self) -> str:
        return self.random.choice(self._texts)

    def _comment(self) -> str:
        paragraphs = self.random.choice([1, 1, 1, 2])
        lengths = [self.random.randint(1, 5) for _ in range(paragraphs)]
        return "\n\n".join(self.sentences(length) for length in lengths)
