"""WordPress's own marks in a text: block comments and shortcodes."""

import re
from html import escape

from exchange.wordpress.records import Picture

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_CAPTION = re.compile(r"\[(wp_)?caption\b([^\]]*)\](.*?)\[/(?:wp_)?caption\]", re.S | re.I)
_PICTURE = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.S | re.I)
_GALLERY = re.compile(r"\[gallery\b[^\]]*?\bids=[\"']?([\d,\s]+)[^\]]*\]", re.I)
_EMBED = re.compile(
    r"\[(embed|youtube|vimeo)\b[^\]]*\]\s*(https?://[^\s\[\]<>\"']+)\s*\[/\1\]", re.I
)
_PLAYER = re.compile(
    r"\[(youtube|vimeo|video|audio|embed)\b[^\]]*?(https?://[^\s\[\]\"'<>]+)[^\]]*\]", re.I
)
_CODE = re.compile(r"\[/?([a-z][\w-]*)((?:\s[^\[\]]*)?)/?\]", re.I)
_KNOWN = re.compile(
    r"(?:gallery|playlist|video|audio|embed|youtube|vimeo|caption|wp_caption|contact-form.*|more|toc"
    r"|(?:vc|et_pb|su|fusion|av|fl|cs|tatsu|siteorigin|elementor)[_-].*)\Z",
    re.I,
)


def plain(html: str, pictures: dict[str, Picture]) -> str:
    """Return ``html`` without block comments and shortcodes; what they held stays.

    A caption becomes a figure, a gallery its ``pictures`` (by number), a player the
    address that it plays. Of the rest, known names and names that carry an attribute
    are shortcodes, so that ``[1]``, ``[sic]`` and ``[...]`` stay the writer's words.
    """
    html = _CAPTION.sub(_figure, _COMMENT.sub("", html))
    html = _GALLERY.sub(lambda match: _gallery(match[1], pictures), html)
    html = _PLAYER.sub(r"\n\n\2\n\n", _EMBED.sub(r"\n\n\2\n\n", html))
    return _without_codes(html)


def _figure(match: re.Match[str]) -> str:
    picture = _PICTURE.match(match[3])
    if picture is None:
        return match[3]
    in_attribute = re.search(r"caption=(\"|')(.*?)\1", match[2])
    text = picture[2].strip() or (in_attribute[2] if in_attribute else "")
    return f"\n\n<figure>{picture[1]}<figcaption>{text}</figcaption></figure>\n\n"


def _gallery(numbers: str, pictures: dict[str, Picture]) -> str:
    found = (pictures.get(number.strip()) for number in numbers.split(","))
    tags = [f'<img src="{escape(one.url)}" alt="{escape(one.alt)}">' for one in found if one]
    return "\n\n" + "\n\n".join(tags) + "\n\n"


def _without_codes(html: str) -> str:
    names = {match[1].lower() for match in _CODE.finditer(html) if "=" in match[2]}

    def replacement(match: re.Match[str]) -> str:
        is_code = match[1].lower() in names or _KNOWN.match(match[1])
        return "" if is_code else match[0]

    return _CODE.sub(replacement, html)
