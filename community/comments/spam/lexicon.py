"""Groups of words that do one thing in a text, in Dutch and English.

They carry what was learned from one wording over to others: who learned that
"check my channel" is spam expects little good of "visit our page". Whether a group
tells anything, and in which order, is learned; nothing here is forbidden.
"""

from community.comments.spam import tokens

GROUPS = {
    "asks": """
        add buy check checkout clic click come discover donate download enjoy find give go help
        hit join listen look order read register search see share sign signup support take throw
        try visit vote watch
        bekijk bestel bezoek deel doneer klik koop luister meld probeer stem steun zoek
    """,
    "follows": """
        follow followers following sub subs subscribe subscribed subscriber subscribers subscribes
        subscribing suscribe
        abonnee abonnees abonneer abonneren volg volgers
    """,
    "likes": "like likes thumb thumbs duim duimpje",
    "owns": "mah me mine my our ours us mij mijn ons onze",
    "places": """
        account album app apps blog blogs channel channels cover covers facebook fb ig insta
        instagram mixtape page pages playlist profile remix shop site sites snapchat soundcloud
        store telegram tiktok track tracks twitch twitter vid video videos vids webshop website
        websites whatsapp youtube link links
        filmpje filmpjes kanaal kanalen pagina profiel winkel
    """,
    "gains": """
        bitcoin bonus card cards cash casino cheap code codes credits crypto deal discount dollars
        earn earned euro free gift giftcard giftcards gifts income loan loans money offer paid
        paypal prize profit win winner
        aanbieding geld goedkoop gratis korting lening leningen prijs verdien verdienen winnen
    """,
    "pleases": "appreciate please pls plz plizz thank thanks thx alsjeblieft aub bedankt",
    "greets": """
        anyone everybody everyone friends guys hello hey hi peeps people
        allemaal hallo hoi iedereen mensen vrienden
    """,
}

# Links to these are part of an ordinary conversation here.
ORDINARY_HOSTS = frozenset(
    {
        "overheid.nl",
        "rijksoverheid.nl",
        "vimeo.com",
        "wikipedia.org",
        "youtu.be",
        "youtube-nocookie.com",
        "youtube.com",
    }
)

_GROUP_OF = {word: group for group, words in GROUPS.items() for word in words.split()}
_GROUP_OF |= {tokens.LINK: "links", tokens.MAIL: "mails"}


def group_of(word: str) -> str:
    """Return the group of ``word``; empty for most words."""
    return _GROUP_OF.get(word, "")
