"""Portraits of the invented writers: simple faces, each with a look of its own."""

from dataclasses import dataclass

from home.demo.pictures import canvas as c
from home.demo.pictures.canvas import Canvas, mix

SKINS = {
    "licht": "#f3d3b8",
    "roze": "#ecc0a0",
    "olijf": "#cf9a6c",
    "bruin": "#9a6642",
    "donker": "#5f3d2b",
}
HAIRS = {
    "zwart": "#221b19",
    "bruin": "#5b3a26",
    "kastanje": "#8a4f2b",
    "blond": "#d3a150",
    "rood": "#b8532f",
    "grijs": "#a7a49d",
    "wit": "#e4e0d6",
    "blauw": c.TEAL,
    "steen": c.BRICK,
    "oker": c.SUN,
}
GROUNDS = {"zon": c.SUN, "mist": c.MIST, "zand": "#ecd9b8", "lucht": "#bcd6d3", "steen": "#dba58f"}
COATS = {
    "inkt": c.INK,
    "zee": c.TEAL,
    "steen": c.BRICK,
    "stok": c.BATON,
    "papier": c.PAPER,
    "zon": c.SUN,
}


@dataclass(frozen=True)
class Face:
    """How a writer looks; each word is a key of the palettes above."""

    ground: str
    skin: str
    hair: str
    style: str  # kort, krul, lang, bob, knot, kaal, doek, kuif
    coat: str
    glasses: bool = False
    beard: bool = False


def draw(face: Face) -> bytes:
    """Return the portrait of ``face`` as a JPEG of 600 by 600 pixels."""
    sheet = Canvas(600, 600, GROUNDS[face.ground])
    sheet.disc(300, 330, 250, mix(GROUNDS[face.ground], c.PAPER, 0.35))
    skin, hair = SKINS[face.skin], HAIRS[face.hair]
    _behind(sheet, face.style, hair)
    _shoulders(sheet, COATS[face.coat], skin)
    _head(sheet, skin)
    if face.beard:
        _beard(sheet, hair, skin)
    _features(sheet, skin, mix(hair if face.style != "doek" else "#3a2a20", c.INK, 0.35))
    _in_front(sheet, face.style, hair, skin)
    if face.glasses:
        _glasses(sheet)
    return sheet.jpeg()


def _shoulders(sheet: Canvas, coat: str, skin: str) -> None:
    sheet.box(252, 380, 96, 130, mix(skin, c.INK, 0.1), round_by=40)
    sheet.box(96, 470, 408, 260, coat, round_by=120)
    sheet.oval(300, 474, 76, 46, mix(skin, c.INK, 0.1))
    sheet.arc(300, 470, 84, 15, 165, mix(coat, c.PAPER, 0.35), width=12)
    sheet.line([(160, 600), (172, 560)], mix(coat, c.INK, 0.25), width=8)
    sheet.line([(440, 600), (428, 560)], mix(coat, c.INK, 0.25), width=8)


def _head(sheet: Canvas, skin: str) -> None:
    for x in (178, 422):
        sheet.oval(x, 300, 24, 34, mix(skin, c.INK, 0.08))
    sheet.box(180, 160, 240, 270, skin, round_by=118)
    for x in (222, 378):
        sheet.oval(x, 340, 26, 17, mix(skin, c.BATON, 0.16))


def _features(sheet: Canvas, skin: str, dark: str) -> None:
    for x, tilt in ((246, -4), (354, 4)):
        sheet.rod(x, 254, 46, 9, tilt, dark)
        sheet.disc(x, 292, 11, c.INK)
        sheet.disc(x + 4, 288, 3.5, c.PAPER)
    sheet.line([(300, 296), (290, 334), (306, 338)], mix(skin, c.INK, 0.3), width=7)
    sheet.arc(300, 356, 36, 28, 152, mix("#a8382a", skin, 0.22), width=9)


def _beard(sheet: Canvas, hair: str, skin: str) -> None:
    sheet.pie(300, 316, 121, 0, 180, hair)
    sheet.box(180, 296, 240, 24, hair)
    sheet.box(206, 262, 188, 104, skin, round_by=46)
    sheet.rod(300, 361, 92, 20, 0, hair)
    sheet.oval(300, 386, 44, 18, mix(skin, c.BATON, 0.1))


def _glasses(sheet: Canvas) -> None:
    for x in (246, 354):
        sheet.ring(x, 292, 43, c.INK, width=8)
    sheet.line([(289, 284), (311, 284)], c.INK, width=8)
    sheet.line([(204, 284), (182, 278)], c.INK, width=8)
    sheet.line([(396, 284), (418, 278)], c.INK, width=8)


def _behind(sheet: Canvas, style: str, hair: str) -> None:
    """Draw the hair that falls behind the head."""
    if style == "lang":
        sheet.box(144, 150, 312, 370, mix(hair, c.INK, 0.12), round_by=120)
    elif style == "bob":
        sheet.box(148, 150, 304, 262, mix(hair, c.INK, 0.12), round_by=110)
    elif style == "knot":
        sheet.disc(300, 106, 56, hair)
    elif style == "krul":
        for x, y, r in ((178, 216, 66), (422, 216, 66), (164, 290, 48), (436, 290, 48)):
            sheet.disc(x, y, r, hair)
    elif style == "doek":
        sheet.box(140, 132, 320, 330, mix(hair, c.INK, 0.16), round_by=130)
        sheet.shape([(150, 380), (450, 380), (500, 560), (100, 560)], mix(hair, c.INK, 0.16))


def _in_front(sheet: Canvas, style: str, hair: str, skin: str) -> None:
    """Draw the hair, or the scarf, that lies over the forehead."""
    if style == "doek":
        _scarf(sheet, hair)
    elif style == "krul":
        for x, y in (
            (196, 196),
            (236, 158),
            (290, 142),
            (346, 152),
            (394, 186),
            (416, 226),
            (186, 236),
        ):
            sheet.disc(x, y, 44, hair)
    elif style == "kaal":
        sheet.arc(264, 216, 56, 190, 260, mix(skin, c.PAPER, 0.5), width=10)
    elif style == "kuif":
        sheet.pie(300, 236, 124, 186, 354, hair)
        sheet.oval(336, 158, 92, 46, hair)
        sheet.box(176, 220, 22, 70, hair, round_by=10)
        sheet.box(402, 220, 22, 70, hair, round_by=10)
    else:
        sheet.pie(300, 268, 126, 178, 362, hair)
        sheet.shape([(206, 274), (300, 214), (394, 274), (394, 300), (206, 300)], skin)
        drop = {"kort": 56, "knot": 64, "bob": 150, "lang": 230}[style]
        for x in (166, 404):
            sheet.box(x, 246, 30, drop, hair, round_by=15)
        for x, tilt in ((246, -4), (354, 4)):
            sheet.rod(x, 254, 46, 9, tilt, mix(hair, c.INK, 0.35))
            sheet.disc(x, 292, 11, c.INK)
            sheet.disc(x + 4, 288, 3.5, c.PAPER)


def _scarf(sheet: Canvas, hair: str) -> None:
    sheet.arc(300, 292, 152, 0, 360, hair, width=50)
    sheet.shape([(168, 410), (432, 410), (470, 540), (300, 570), (130, 540)], hair)
    sheet.line([(206, 440), (330, 532)], mix(hair, c.INK, 0.18), width=8)
    sheet.line([(396, 436), (300, 500)], mix(hair, c.INK, 0.18), width=8)
