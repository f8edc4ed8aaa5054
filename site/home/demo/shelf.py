"""The demo's pictures in the image library: each is drawn when it is first asked for."""

from django.core.files.base import ContentFile

from core.models import CustomImage
from home.demo.pictures import gallery, portraits

CREDIT = "Getekend voor Estafette, CC0"


class Shelf:
    """Pictures by name, made once."""

    def __init__(self) -> None:
        self._pictures: dict[str, CustomImage] = {}

    def picture(self, name: str) -> CustomImage:
        """Return the scene called ``name`` in `gallery.PICTURES`."""
        if name not in self._pictures:
            title = gallery.PICTURES[name].title
            self._pictures[name] = _store(name, title, gallery.draw(name), (1600, 900))
        return self._pictures[name]

    def portrait(self, name: str, title: str, face: dict) -> CustomImage:
        """Return a new portrait; ``face`` holds the fields of `portraits.Face`."""
        drawing = portraits.draw(portraits.Face(**face))
        return _store(f"portret-{name}", f"Portret van {title}", drawing, (600, 600))


def _store(name: str, title: str, drawing: bytes, size: tuple[int, int]) -> CustomImage:
    image = CustomImage(title=title, credit=CREDIT, width=size[0], height=size[1])
    image.file = ContentFile(drawing, name=f"{name}.jpg")
    image.save()
    return image
