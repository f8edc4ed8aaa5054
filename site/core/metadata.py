"""What a camera writes in a picture, such as where it was taken, is not for readers.

Willow hands it on to each size that it makes of a photograph. Wagtail turns every picture the
right way up before it does anything else, so that is where this is left out.
"""

from willow.plugins.pillow import PillowImage
from willow.registry import registry

WRITTEN = ("exif", "xmp", "comment")


def leave_out() -> None:
    """Let no size that is made from now on of any picture tell what a camera wrote in it."""
    registry.register_operation(PillowImage, "auto_orient", _upright)


def _upright(picture: PillowImage) -> PillowImage:
    upright = PillowImage.auto_orient(picture)
    for name in WRITTEN:
        upright.image.info.pop(name, None)
    return upright
