"""The other forms of a Dutch word, as far as a list of endings goes."""

_ENDINGS = ("", "s", "'s", "n", "en", "e", "es", "je", "jes", "tje", "tjes", "etje", "etjes", "pje")
_AFTER_STEM = ("en", "e", "er", "ers", "etje", "etjes")  # bom, bommen; haar, haren
_VOWELS = "aeiou"
_CONSONANTS = "bcdfghklmnprstvz"
_SOFTER = {"f": "v", "s": "z"}  # brief, brieven; huis, huizen


def forms(word: str) -> list[str]:
    """Return ``word`` (folded) and its plurals and diminutives, longest first.

    Too many rather than too few: what matches is read by a person, and the look back
    shows what a rule catches. Words that change within, such as "stad", are not known.
    """
    found = {word + ending for ending in _ENDINGS}
    for stem in _stems(word):
        found |= {stem + ending for ending in _AFTER_STEM}
    return sorted(found, key=lambda form: (-len(form), form))


def _stems(word: str) -> list[str]:
    """Return what stands before "en": with a doubled consonant, one vowel less, or softer."""
    if len(word) < 3 or word[-1] not in _CONSONANTS:
        return []
    before, last = word[:-1], word[-1]
    softer = [before + _SOFTER[last]] if last in _SOFTER else []
    if before[-1] not in _VOWELS:
        return softer
    if len(before) > 1 and before[-2] == before[-1]:
        return [before[:-1] + last, *(stem[:-2] + stem[-1] for stem in softer)]
    return [word + last, *softer]
