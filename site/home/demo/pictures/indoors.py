"""Scenes around a table: cooking, weighing, deciding and learning."""

import math

from home.demo.pictures import canvas as c
from home.demo.pictures.canvas import Canvas, mix
from home.demo.pictures.people import COATS, LOOKS, bust
from home.demo.pictures.scenery import Light, polar, sky

TABLE = 640


def room(sheet: Canvas, light: Light) -> None:
    """Draw a room with a round window on the city and a long table."""
    wall = mix(light.sky, c.SAND, 0.35)
    sheet.box(0, 0, sheet.width, sheet.height, wall)
    sheet.disc(1240, 270, 216, mix(wall, c.INK, 0.12))
    sheet.disc(1240, 270, 200, mix(light.sky, c.PAPER, 0.4))
    sheet.disc(1300, 210, 58, light.glow if light.glow != c.PAPER else c.SUN)
    for x, h in ((1070, 110), (1120, 170), (1186, 90), (1250, 140), (1316, 80), (1364, 120)):
        sheet.box(x, 420 - h, 62, h, mix(light.near, light.sky, 0.3))
    sheet.shape([(1040, 420), (1440, 420), (1440, 500), (1040, 500)], wall)
    sheet.arc(1240, 270, 208, 0, 360, mix(wall, c.INK, 0.12), width=16)
    sheet.box(1030, 420, 420, 70, wall)
    sheet.box(1056, 412, 368, 16, mix(wall, c.INK, 0.12), round_by=6)
    sheet.box(0, TABLE, sheet.width, 260, mix(light.ground, c.INK, 0.12))
    sheet.box(0, TABLE, sheet.width, 20, mix(light.ground, c.PAPER, 0.3))


def cookbook(sheet: Canvas, light: Light, seed: int) -> None:
    """A still life: a pan with steaming figures, a book of recipes, jars of data."""
    room(sheet, light)
    for x, height, colour in (
        (690, 60, c.TEAL),
        (742, 110, c.SUN),
        (794, 84, c.BRICK),
        (846, 150, c.BATON),
    ):
        sheet.box(x, 380 - height, 36, height, colour, round_by=8)
    for x in (664, 902):
        sheet.line([(x, 396), (x + 14, 356), (x - 6, 316), (x + 12, 270)], c.PAPER, width=9)
    sheet.box(600, 424, 380, 216, c.INK, round_by=30)
    sheet.box(580, 412, 420, 34, mix(c.INK, c.MIST, 0.35), round_by=14)
    for x in (548, 986):
        sheet.box(x, 470, 50, 26, c.BATON, round_by=12)
    sheet.rod(956, 330, 240, 16, -64, "#b98552")
    open_book(sheet, 300, 640, 380)
    for x, h, colour in ((1090, 170, c.TEAL), (1226, 130, c.SUN), (1350, 196, c.BRICK)):
        jar(sheet, x, h, colour)


def open_book(sheet: Canvas, x: float, foot: float, w: float) -> None:
    """Draw a book that lies open against something, its middle at ``x``."""
    top = foot - 250
    sheet.shape(
        [
            (x - w / 2 - 14, foot),
            (x + w / 2 + 14, foot),
            (x + w / 2 - 10, top - 8),
            (x - w / 2 + 10, top - 8),
        ],
        c.BATON,
    )
    sheet.shape([(x - w / 2, foot - 10), (x, foot), (x, top + 12), (x - w / 2 + 24, top)], c.PAPER)
    sheet.shape(
        [(x + w / 2, foot - 10), (x, foot), (x, top + 12), (x + w / 2 - 24, top)],
        mix(c.PAPER, c.SAND, 0.8),
    )
    for row in range(5):
        y = top + 60 + row * 34
        sheet.rod(x - w / 4 + 4, y, w * 0.32, 9, 2, c.MIST)
    sheet.disc(x + w / 4 - 4, top + 104, 48, c.TEAL)
    sheet.pie(x + w / 4 - 4, top + 104, 48, -90, 40, c.SUN)
    sheet.rod(x + w / 4 - 2, top + 188, w * 0.3, 9, -2, c.MIST)


def jar(sheet: Canvas, x: float, h: float, colour: str) -> None:
    sheet.box(x, TABLE - h - 40, 104, h + 40, mix(c.PAPER, c.SKY, 0.5), round_by=20)
    sheet.box(x + 8, TABLE - h * 0.78, 88, h * 0.78 - 8, colour, round_by=14)
    sheet.box(x + 6, TABLE - h - 62, 92, 34, c.INK, round_by=8)
    sheet.box(x + 22, TABLE - h * 0.55, 60, 40, c.PAPER, round_by=6)
    sheet.rod(x + 52, TABLE - h * 0.55 + 20, 34, 6, 0, c.INK)


def scales(sheet: Canvas, light: Light, seed: int) -> None:
    """A balance: a sensor on one side, a person's eye on the other."""
    sky(sheet, light, x=800, y=330, r=240)
    sheet.box(0, TABLE, sheet.width, 260, light.ground)
    sheet.box(0, TABLE, sheet.width, 18, mix(light.ground, light.sky, 0.35))
    sheet.box(786, 190, 28, 430, c.INK)
    sheet.shape([(640, TABLE), (960, TABLE), (880, 596), (720, 596)], c.INK)
    sheet.line([(420, 262), (1180, 226)], c.INK, width=22)
    sheet.disc(800, 242, 36, c.BATON)
    for x, y in ((420, 262), (1180, 226)):
        for side in (-130, 130):
            sheet.line([(x, y), (x + side, y + 236)], c.INK, width=6)
        sheet.pie(x, y + 230, 150, 0, 180, c.TEAL)
    sheet.box(352, 380, 136, 112, c.PAPER, round_by=18)
    sheet.disc(420, 436, 34, c.INK)
    sheet.disc(420, 436, 14, c.SUN)
    sheet.oval(1180, 404, 104, 58, c.PAPER)
    sheet.disc(1180, 404, 42, c.TEAL)
    sheet.disc(1180, 404, 20, c.INK)
    sheet.disc(1192, 390, 8, c.PAPER)


def council(sheet: Canvas, light: Light, seed: int) -> None:
    """The council in its half circle, and one who speaks."""
    wall = mix(light.sky, c.PAPER, 0.3)
    sheet.box(0, 0, sheet.width, sheet.height, wall)
    for left in range(60, 1600, 250):
        sheet.box(left, 0, 120, 400, mix(wall, light.near, 0.4), round_by=60)
        sheet.box(left, 0, 120, 200, mix(wall, light.near, 0.4))
    sheet.oval(800, 1010, 1100, 560, mix(light.ground, light.sky, 0.45))
    sheet.oval(800, 1080, 1100, 400, light.ground)
    for row, (rx, ry) in enumerate(((690, 300), (440, 190))):
        count = 11 - 4 * row
        for seat in sorted(range(count), key=lambda seat: abs(seat - count // 2)):
            angle = math.pi + math.pi * (seat + 0.5) / count
            x, y = 800 + rx * math.cos(angle), 660 + 60 * row + ry * math.sin(angle)
            bust(sheet, x, y, 104, COATS[(seat + row) % 4], LOOKS[(seat * 4 + row * 2) % 11])
            sheet.box(x - 66, y, 132, 52, mix(c.SAND, c.BRICK, 0.45), round_by=8)
    sheet.shape([(716, 590), (884, 590), (862, 742), (738, 742)], c.BATON)
    bust(sheet, 800, 556, 150, c.INK, LOOKS[5])
    sheet.box(704, 578, 192, 22, c.NIGHT, round_by=6)
    sheet.line([(862, 578), (842, 522)], c.PAPER, width=7)


def layers(sheet: Canvas, light: Light, seed: int) -> None:
    """The city in layers: streets, data and people, one above the other."""
    sky(sheet, light, x=800, y=360, r=250)
    for y, colour in ((610, c.INK), (490, c.TEAL), (370, c.SUN), (250, c.PAPER)):
        sheet.shape([(800, y - 150), (1230, y), (800, y + 150), (370, y)], mix(colour, c.INK, 0.25))
        y -= 18
        sheet.shape([(800, y - 150), (1230, y), (800, y + 150), (370, y)], colour)
    top = 232.0
    for share in (0.28, 0.5, 0.72):
        left, right = (
            (370 + 430 * share, top - 150 * share),
            (800 + 430 * share, top + 150 - 150 * share),
        )
        sheet.line([left, right], c.MIST, width=7)
        sheet.line([(1600 - left[0], left[1]), (1600 - right[0], right[1])], c.MIST, width=7)
    for x, y in ((800, 170), (660, 226), (950, 236)):
        sheet.shape([(x - 24, y - 40), (x + 24, y - 40), (x, y + 14)], c.BATON)
        sheet.disc(x, y - 48, 28, c.BATON)
        sheet.disc(x, y - 48, 11, c.PAPER)
    sheet.box(0, 760, sheet.width, 140, light.ground)


def decree(sheet: Canvas, light: Light, seed: int) -> None:
    """A sheet of rules with a seal, beside the lamp post it is about."""
    room(sheet, light)
    sheet.shape([(400, 150), (800, 118), (842, 640), (442, 640)], mix(c.MIST, c.INK, 0.2))
    sheet.box(360, 120, 430, 520, c.PAPER, round_by=8)
    sheet.box(410, 168, 230, 24, c.INK, round_by=8)
    for row in range(8):
        w = (330, 300, 330, 250)[row % 4]
        sheet.box(410, 226 + row * 38, w, 12, c.MIST, round_by=6)
    for point in range(12):
        dx, dy = polar(point * 30, 66)
        sheet.disc(690 + dx, 560 + dy, 20, c.BATON)
    sheet.disc(690, 560, 66, c.BATON)
    sheet.ring(690, 560, 46, c.PAPER, width=6)
    sheet.line([(668, 562), (686, 580), (716, 542)], c.PAPER, width=11)
    sheet.rod(960, 560, 240, 22, -32, c.INK)
    sheet.shape([(846, 642), (866, 606), (880, 628)], c.SUN)


def idea(sheet: Canvas, light: Light, seed: int) -> None:
    """A bright idea, and the list that it is held against."""
    room(sheet, light)
    sheet.disc(480, 340, 260, mix(light.sky, c.SUN, 0.3))
    sheet.disc(480, 310, 150, c.SUN)
    sheet.shape([(390, 420), (570, 420), (540, 520), (420, 520)], c.SUN)
    for y in (520, 552, 584):
        sheet.box(424, y, 112, 24, c.INK, round_by=10)
    sheet.box(446, 606, 68, 34, c.INK, round_by=14)
    sheet.line([(430, 330), (460, 400), (480, 330), (500, 400), (530, 330)], c.BRICK, width=8)
    sheet.box(820, 170, 330, 470, c.INK, round_by=22)
    sheet.box(842, 200, 286, 440, c.PAPER, round_by=8)
    sheet.box(910, 150, 150, 52, c.MIST, round_by=16)
    for row in range(5):
        y = 246 + row * 76
        sheet.box(868, y, 44, 44, c.SAND, round_by=8)
        sheet.box(932, y + 14, (160, 130, 150, 110, 140)[row], 14, c.MIST, round_by=7)
        if row < 4:
            sheet.line([(876, y + 24), (888, y + 36), (908, y + 6)], c.BATON, width=10)


def circle(sheet: Canvas, light: Light, seed: int) -> None:
    """People around a table who learn from each other."""
    sheet.box(0, 0, sheet.width, sheet.height, mix(light.sky, c.SAND, 0.4))
    for r, share in ((560, 0.14), (430, 0.3)):
        sheet.oval(800, 440, r * 1.35, r * 0.78, mix(light.sky, light.glow, share))
    for seat in (0, 8, 1, 7, 2, 6, 3, 5, 4):
        angle = math.pi * (0.1 + 0.1 * seat) + math.pi
        x, y = 800 + 560 * math.cos(angle), 620 + 190 * math.sin(angle)
        bust(sheet, x, y, 160, COATS[(seat + seed) % 4], LOOKS[(seat * 3 + seed) % 11])
    sheet.oval(800, 696, 660, 170, mix(c.TEAL, c.INK, 0.3))
    sheet.oval(800, 670, 660, 170, c.TEAL)
    for x, y, colour in ((560, 640, c.PAPER), (720, 610, c.SUN), (1000, 630, c.PAPER)):
        sheet.shape([(x, y), (x + 96, y - 14), (x + 116, y + 38), (x + 14, y + 50)], colour)
    sheet.box(842, 560, 96, 90, c.INK, round_by=14)
    sheet.disc(890, 596, 18, c.SUN)
    for x in (480, 1120):
        sheet.oval(x, 668, 34, 14, c.PAPER)
        sheet.box(x - 34, 640, 68, 30, c.PAPER)
        sheet.oval(x, 640, 34, 13, c.BRICK)
