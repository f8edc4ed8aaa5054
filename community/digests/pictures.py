"""The picture of a post, as mail programs can show it."""

import logging
from dataclasses import dataclass

from core.addresses import absolute
from core.models import CustomImage

logger = logging.getLogger(__name__)

# Twice as sharp as it is shown. JPEG, for Outlook knows neither WebP nor AVIF. Wagtail makes
# this the end of a file's name and cuts the rest to fit in sixty characters.
WIDTH, HEIGHT = 552, 310
SPEC = f"fill-{2 * WIDTH}x{2 * HEIGHT}|bgcolor-fff|format-jpeg"


@dataclass(frozen=True)
class Picture:
    """A picture; ``alt`` is empty when it only decorates.

    ``url`` is its whole address, for mails; ``src`` is how our own pages name it.
    """

    url: str
    src: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


def picture(image: CustomImage | None, *, alt: str) -> Picture | None:
    """Return ``image`` as a digest shows it; ``None`` where there is nothing to show.

    It is cut to size the first time that it is asked for; after that it costs no query
    for an image whose renditions were loaded.
    """
    if image is None:
        return None
    try:
        rendition = image.get_rendition(SPEC)
    except Exception:
        # A file that is lost or broken keeps no digest from its readers.
        logger.exception("No picture of image %s", image.pk)
        return None
    return Picture(url=absolute(rendition.url), src=rendition.url, alt=alt)
