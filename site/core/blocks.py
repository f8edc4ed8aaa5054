"""The blocks that a post, a tool or a plain page is written in."""

from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("heading"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("level"), choices=[("h2", _("main heading")), ("h3", _("subheading"))], default="h2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("image"))
    alt_text = blocks.CharBlock(
        label=_("alternative text"),
        max_length=250,
        help_text=_("What someone should know who cannot see the image."),
    )
    caption = blocks.CharBlock(label=_("caption"), max_length=250, required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/image.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("quote"))
    source = blocks.CharBlock(label=_("who said it"), max_length=160, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"


class CallOutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("text"), features=TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        template = "blocks/callout.html"


class LinkBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("text"), max_length=120)
    page = blocks.PageChooserBlock(label=_("page on this site"), required=False)
    url = blocks.URLBlock(label=_("or an address elsewhere"), required=False)

    def clean(self, value: dict) -> dict:
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            message = _("Give a page or an address, one of the two.")
            raise blocks.StructBlockValidationError({"url": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "link"
        label = _("Link")


class LinksBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=120, required=False)
    links = blocks.ListBlock(LinkBlock(), label=_("links"))

    class Meta:
        icon = "list-ul"
        label = _("List of links")
        template = "blocks/links.html"


def embed_address(address: str) -> str | None:
    """Return the address of the player that asks least of a reader, or ``None``.

    Knows YouTube (youtube-nocookie.com) and Vimeo (with ``dnt=1``).
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    key = ""
    if host == "youtu.be":
        key = parts.path.strip("/")
    elif host in {"youtube.com", "youtube-nocookie.com"}:
        key = parse_qs(parts.query).get("v", [""])[0] or parts.path.rpartition("/embed/")[2]
    elif host in {"vimeo.com", "player.vimeo.com"}:
        key = parts.path.rpartition("/")[2]
        return f"https://player.vimeo.com/video/{key}?dnt=1" if key.isdigit() else None
    if key and len(key) <= 20 and key.replace("-", "").replace("_", "").isalnum():
        return f"https://www.youtube-nocookie.com/embed/{key}"
    return None


class VideoValue(blocks.StructValue):
    @property
    def player(self) -> str | None:
        """The address that is asked only after the reader's click."""
        return embed_address(self["url"])

    @property
    def place(self) -> str:
        """The name of the host that has the video."""
        return "Vimeo" if "vimeo.com/" in self["url"] else "YouTube"


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=160)
    url = blocks.URLBlock(label=_("address at YouTube or Vimeo"))
    poster = ImageChooserBlock(label=_("still image"), required=False)
    has_captions = blocks.BooleanBlock(
        label=_("the video has captions"), help_text=_("Required: not everyone can hear it.")
    )
    transcript = blocks.RichTextBlock(label=_("transcript"), features=["bold", "ol", "ul"])

    def clean(self, value: dict) -> dict:
        cleaned = super().clean(value)
        errors = {}
        if embed_address(cleaned["url"]) is None:
            message = _("This is not the address of a video at YouTube or Vimeo.")
            errors["url"] = ValidationError(message)
        if not strip_tags(cleaned["transcript"].source).strip():  # "<p></p>" counts as filled in
            errors["transcript"] = ValidationError(_("Write down what is said in the video."))
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return cleaned

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"
        value_class = VideoValue


class StoryBlock(blocks.StreamBlock):
    """The text of a page, block by block."""

    text = blocks.RichTextBlock(
        label=_("Text"), icon="pilcrow", features=TEXT_FEATURES, template="blocks/text.html"
    )
    heading = HeadingBlock()
    image = ImageBlock()
    quote = QuoteBlock()
    video = VideoBlock()
    links = LinksBlock()
    callout = CallOutBlock()
