"""What a camera wrote in a photograph, and who reads it."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from PIL import Image

from tests.factories import ImageFactory

MAKE, ORIENTATION, GPS = 0x010F, 0x0112, 0x8825
LATITUDE = {1: "N", 2: (52.0, 22.0, 23.0)}
ON_ITS_SIDE = 6  # a quarter turn


@pytest.fixture
def photograph(db):
    """Taken upright, so that it is stored on its side."""
    written = Image.Exif()
    written[MAKE], written[ORIENTATION] = "Camera van Saskia", ON_ITS_SIDE
    written.get_ifd(GPS).update(LATITUDE)
    file = BytesIO()
    Image.new("RGB", (400, 300), "teal").save(file, "JPEG", exif=written)
    assert b"Saskia" in file.getvalue()
    return ImageFactory(file=ImageFile(file, name="plein.jpg"))


class TestASizeOfAPhotograph:
    @pytest.mark.parametrize(
        "spec",
        [
            "original",
            "width-200",
            "fill-100x100|format-jpeg",
            "width-100|format-png",
            "width-100|format-webp",
            "width-100|format-avif",
        ],
    )
    def test_does_not_tell_where_it_was_taken(self, photograph, spec):
        rendition = photograph.get_rendition(spec)

        with rendition.file.open() as file, Image.open(file) as shown:
            assert not dict(shown.getexif())
            file.seek(0)
            assert b"Saskia" not in file.read()

    def test_stands_upright(self, photograph):
        rendition = photograph.get_rendition("original")

        assert (rendition.width, rendition.height) == (300, 400)
