"""Which words of a text made it look like spam."""

from collections import defaultdict
from collections.abc import Iterable

from community.comments.spam.classifier import Classifier
from community.comments.spam.features import STAND_INS, Feature, number

SHOWN = 5
LEAST = 0.05  # of the margin, to be worth showing


def strongest_words(features: Iterable[Feature], classifier: Classifier) -> list[str]:
    """Return the words and hosts of links that pushed a score up most, strongest first.

    What stands on several words, such as a pair, counts for each of them in equal parts.
    """
    pull: dict[str, float] = defaultdict(float)
    for name, feature in {feature.name: feature for feature in features}.items():
        shown = [word for word in feature.words if word not in STAND_INS]
        weight = classifier.weights.get(number(name), 0.0)
        for word in shown:
            pull[word] += weight * feature.strength / len(shown)
    strongest = sorted(pull, key=lambda word: (-pull[word], word))
    return [word for word in strongest if pull[word] > LEAST][:SHOWN]
