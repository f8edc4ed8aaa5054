"""Fill the list of reasons with which a desk can begin. Editors change the words later."""

from django.db import migrations

# code, Dutch, English, text to the writer in Dutch, in English
REASONS = [
    (
        "offensive",
        "kwetsend",
        "offensive",
        "Je reactie kan mensen kwetsen. Zeg het zonder iemand af te vallen, dan lezen we haar graag opnieuw.",
        "Your comment may hurt people. Say it without attacking anyone, and we will gladly read it again.",
    ),
    (
        "off_topic",
        "gaat niet over dit onderwerp",
        "not about this subject",
        "Je reactie gaat niet over dit bericht. Misschien past ze bij een ander bericht.",
        "Your comment is not about this post. It may fit with another one.",
    ),
    (
        "personal_data",
        "persoonsgegevens van iemand",
        "personal data of someone",
        "In je reactie staan gegevens van iemand die niet openbaar horen te zijn. Laat ze weg en stuur je reactie opnieuw in.",
        "Your comment holds data about someone that should not be public. Leave them out and send it in again.",
    ),
    (
        "harassment",
        "lastigvallen of bedreigen",
        "harassment or threats",
        "In je reactie wordt iemand lastiggevallen of bedreigd. Dat plaatsen we niet.",
        "Your comment harasses or threatens someone. We do not place that.",
    ),
    (
        "hate",
        "haat of discriminatie",
        "hate or discrimination",
        "In je reactie wordt een groep mensen weggezet om wie zij zijn. Dat plaatsen we niet.",
        "Your comment puts down a group of people for who they are. We do not place that.",
    ),
    (
        "misinformation",
        "onjuiste feiten",
        "false facts",
        "In je reactie staat iets wat aantoonbaar niet klopt. Noem je bron of pas de tekst aan.",
        "Your comment says something that is demonstrably untrue. Name your source or change the text.",
    ),
    (
        "advertising",
        "reclame",
        "advertising",
        "Je reactie is vooral reclame. Daar is dit gesprek niet voor.",
        "Your comment is mainly advertising. This conversation is not meant for that.",
    ),
    (
        "duplicate",
        "al gezegd",
        "said before",
        "Wat je schrijft staat al in dit gesprek. Je kunt op die reactie antwoorden.",
        "What you write stands in this conversation already. You can answer that comment.",
    ),
    ("other", "een andere reden", "another reason", "", ""),
    (
        "illegal",
        "in strijd met de wet",
        "against the law",
        "Je reactie is naar ons oordeel in strijd met de wet.",
        "In our judgement your comment is against the law.",
    ),
    (
        "spam",
        "spam",
        "spam",
        "We houden je reactie voor spam. Klopt dat niet? Maak dan bezwaar.",
        "We took your comment for spam. Is that wrong? Then object.",
    ),
    (
        "child_abuse",
        "seksueel misbruik van kinderen",
        "sexual abuse of children",
        "Je reactie gaat over of verwijst naar seksueel misbruik van kinderen. Dat plaatsen we nooit.",
        "Your comment is about or points at sexual abuse of children. We never place that.",
    ),
]


def fill(apps, schema_editor):
    Reason = apps.get_model("moderation", "Reason")
    for position, (code, name_nl, name_en, text_nl, text_en) in enumerate(REASONS, start=1):
        Reason.objects.get_or_create(
            code=code,
            defaults={
                "name_nl": name_nl,
                "name_en": name_en,
                "text_nl": text_nl,
                "text_en": text_en,
                "position": position,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=False)]
