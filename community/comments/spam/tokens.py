"""A text as its writer meant it: links, and words without the tricks that hide them.

Everything here takes time in proportion to the text, whatever stands in it.
"""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LOOKED_AT = 20_000  # characters; a comment is never as long as that
LONGEST_WORD = 40
LINK, MAIL, NUMBER = "<link>", "<mail>", "<number>"  # in the place of one, among words

_TAG = re.compile(r"</?[a-z][^<>]{0,2000}>", re.I)
_LEADS_TO = re.compile(r"\bhref\s{0,3}=\s{0,3}[\"']?([^\"'<>\s]+)", re.I)
_INVISIBLE = re.compile(  # controls, soft hyphens, directions, joiners, lone surrogates, accents
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u0300-\u036f\u061c\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff]"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+")
_MAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,80}")
_ENDS = (
    "com|org|net|info|biz|io|co|ru|tk|cn|nl|be|de|uk|eu|me|tv|ly|gl|gd|xyz|top|shop|site|online"
    "|club|pl|fr|es|it"
)
_DOMAIN = re.compile(
    rf"\b[a-z0-9][a-z0-9-]{{1,62}}(?:\.[a-z0-9-]{{1,62}}){{0,3}}\.(?:{_ENDS})\b(?!['’.]?[a-z])(?:/\S*)?"
)
_HIDDEN_DOMAIN = re.compile(  # "example . com", "example (dot) com"
    r"\b[a-z0-9][a-z0-9-]{1,62}"
    r"(?:\s{0,3}(?:\(dot\)|\[dot\]|\bdot\b|\(punt\)|\[punt\])\s{0,3}|\s{1,3}\.\s{0,3}|\.\s{1,3})"
    r"(?:com|net|org|info|nl|ru)\b(?:/\S*)?"
)
_SPELLED = re.compile(r"(?<!\w)(?:[^\W\d_][ .*_|-]){3,}[^\W\d_](?!\w)")  # f r e e, f.r.e.e
_BETWEEN_LETTERS = re.compile(r"[ .*_|-]")
_CLAUSE_END = re.compile(r"[.!?\n:;,]+|\s[-–—]+\s")
_WORD = re.compile(r"<(?:link|mail)>|[^\W_]+(?:[$@][^\W_]+)*")
_REPEATED = re.compile(r"(.)\1{2,}")
_LOOKALIKES = str.maketrans("01345$@аеорсухі", "oieassaaeopcyxi")


@dataclass(frozen=True)
class Reading:
    """What a text says: ``plain`` for its shape, its words by clause, the hosts it links to."""

    plain: str
    clauses: tuple[tuple[str, ...], ...]
    hosts: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        return [word for clause in self.clauses for word in clause]


def read(text: str) -> Reading:
    """Return what ``text`` says; of a very long one, its first `LOOKED_AT` characters."""
    plain = visible(text[:LOOKED_AT])
    hosts: list[str] = []
    lower = _SPELLED.sub(lambda found: _BETWEEN_LETTERS.sub("", found[0]), plain.lower())
    for pattern in (_ADDRESS, _MAIL, _DOMAIN, _HIDDEN_DOMAIN):
        stand_in = MAIL if pattern is _MAIL else LINK
        lower = pattern.sub(lambda found, put=stand_in: _note(found[0], put, hosts), lower)
    clauses = (tuple(map(word, _WORD.findall(part))) for part in _CLAUSE_END.split(lower))
    return Reading(plain, tuple(filter(None, clauses)), tuple(dict.fromkeys(hosts)))


def visible(text: str) -> str:
    """Return ``text`` without tags, accents and characters that nobody sees.

    Letters of fancy alphabets become plain ones.
    """
    text = _TAG.sub(_instead_of_tag, html.unescape(text))
    return _INVISIBLE.sub("", unicodedata.normalize("NFKD", text)).strip()[:LOOKED_AT]


@lru_cache(maxsize=8192)
def word(written: str) -> str:
    """Return the word behind ``written``: fr33 is free, soooo is soo, any number a number."""
    if written in {LINK, MAIL}:
        return written
    if written.isdecimal():
        return NUMBER
    short = _REPEATED.sub(r"\1\1", written[:LONGEST_WORD])
    return short if short[0].isdecimal() else short.translate(_LOOKALIKES)


def host(address: str) -> str:
    """Return the last two parts of the host in ``address``."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", address)
    bare = re.sub(r"\s*(?:\(dot\)|\[dot\]|\bdot\b|\(punt\)|\[punt\])\s*|\s*\.\s*", ".", bare)
    return ".".join(re.split(r"[/?:#]", bare, maxsplit=1)[0].split(".")[-2:])


def _instead_of_tag(tag: re.Match) -> str:
    leads_to = _LEADS_TO.search(tag[0])
    return f" {leads_to[1]} " if leads_to else " "


def _note(found: str, stand_in: str, hosts: list[str]) -> str:
    """Keep the host of a link, and return what takes the link's place among the words."""
    if stand_in == LINK:
        hosts.append(host(found)[:80])
    return f" {stand_in} "
