from io import BytesIO

import pytest
from PIL import Image

from home.demo.people import read
from home.demo.pictures import gallery, portraits
from home.demo.pictures.canvas import mix


def opened(drawing: bytes) -> Image.Image:
    return Image.open(BytesIO(drawing))


class TestGallery:
    @pytest.mark.parametrize("name", gallery.PICTURES)
    def test_draws_every_picture_full_of_colour(self, name):
        picture = opened(gallery.draw(name))

        assert picture.size == (1600, 900)
        assert len(picture.reduce(20).getcolors(10_000)) > 100

    def test_draws_the_same_picture_every_time(self):
        assert gallery.draw("gracht") == gallery.draw("gracht")

    def test_lets_the_line_run_on_from_picture_to_picture(self):
        left, right = opened(gallery.draw("gracht")), opened(gallery.draw("polder"))

        for picture, x in ((left, 1599), (right, 0)):
            red, green, _ = picture.getpixel((x, 770))
            assert red > 180 > 120 > green

    def test_keeps_files_small(self):
        assert all(len(gallery.draw(name)) < 260_000 for name in ("drukte", "gracht", "home"))


class TestPortraits:
    def test_every_author_has_a_face_of_their_own(self):
        faces = [portraits.Face(**facts["face"]) for facts in read("authors").values()]

        drawings = {portraits.draw(face) for face in faces}

        assert len(drawings) == len(faces)
        assert {opened(drawing).size for drawing in drawings} == {(600, 600)}


class TestMix:
    def test_lies_between_two_colours(self):
        assert mix("#000000", "#ffffff", 0.5) == "#808080"
        assert mix("#102030", "#ffffff", 0) == "#102030"
