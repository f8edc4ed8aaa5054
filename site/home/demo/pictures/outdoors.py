"""Scenes in the open: measuring, water, squares and bridges."""

from random import Random

from home.demo.pictures import canvas as c
from home.demo.pictures.canvas import Canvas, mix
from home.demo.pictures.people import COATS, LOOKS, person, runner
from home.demo.pictures.scenery import (
    Light,
    baton,
    ground,
    polar,
    signal,
    sky,
    skyline,
    tree,
    water,
)


def measuring(sheet: Canvas, light: Light, seed: int) -> None:
    """A garden with a measuring post, made by the people of the street."""
    sky(sheet, light, x=1240, y=250)
    skyline(sheet, light, seed)
    lawn = mix(light.ground, c.MIST, 0.2)
    sheet.oval(300, 800, 900, 170, mix(lawn, light.sky, 0.16))
    sheet.box(0, 700, sheet.width, 200, lawn)
    for x, size in ((110, 260), (330, 180), (1390, 300)):
        tree(sheet, x, 728, size, mix(c.TEAL, c.MIST, 0.25))
    sheet.box(786, 250, 20, 480, c.INK)
    sheet.rod(796, 256, 230, 12, 0, c.INK)
    for x in (690, 902):
        sheet.pie(x, 256, 34, 90, 270, c.BATON)
    sheet.disc(796, 250, 17, c.INK)
    for row in range(5):
        sheet.box(716, 350 + row * 34, 160, 24, c.PAPER, round_by=12)
    sheet.box(736, 344, 120, 170, mix(c.PAPER, c.MIST, 0.4), round_by=6)
    for row in range(5):
        sheet.box(716, 350 + row * 34, 160, 22, c.PAPER, round_by=11)
    sheet.shape([(960, 470), (1120, 420), (1120, 510), (960, 560)], c.NIGHT)
    sheet.line([(806, 560), (1040, 490)], c.INK, width=12)
    signal(sheet, 796, 210, c.TEAL, size=1.15)
    person(sheet, 560, 728, 300, c.BRICK, LOOKS[seed % 11])
    person(sheet, 1200, 728, 250, c.SUN, LOOKS[(seed + 4) % 11])


def polder(sheet: Canvas, light: Light, seed: int) -> None:
    """A dike, a pumping station, and the gauge in the ditch."""
    sky(sheet, light, x=360, y=250)
    for x, size in ((1130, 1.0), (1330, 0.8), (1490, 0.62)):
        turbine(sheet, x, 560, 330 * size, mix(light.sky, c.PAPER, 0.75))
    skyline_far = mix(light.sky, light.near, 0.45)
    random = Random(seed)  # noqa: S311
    for x in range(0, 900, 62):
        sheet.box(x, 560 - random.randint(14, 74), 64, 80, skyline_far)
    sheet.shape(
        [(0, 600), (700, 548), (1600, 548), (1600, 720), (0, 720)], mix(c.TEAL, c.MIST, 0.55)
    )
    sheet.shape(
        [(0, 640), (900, 600), (1600, 640), (1600, 720), (0, 720)], mix(c.TEAL, c.MIST, 0.25)
    )
    water(sheet, light, top=690, seed=seed)
    sheet.box(250, 450, 250, 200, c.BRICK)
    sheet.shape([(226, 452), (375, 352), (524, 452)], c.INK)
    for x in (286, 360, 434):
        sheet.box(x, 500, 34, 66, c.SUN, round_by=16)
    sheet.box(270, 640, 210, 70, mix(c.BRICK, c.INK, 0.4))
    sheet.box(800, 470, 54, 300, c.PAPER, round_by=6)
    for mark in range(9):
        wide = 30 if mark % 2 else 42
        sheet.box(800, 488 + mark * 28, wide, 8, c.INK)
    sheet.box(776, 420, 102, 60, c.INK, round_by=10)
    sheet.disc(827, 450, 12, c.SUN)
    signal(sheet, 827, 410, c.PAPER)


def turbine(sheet: Canvas, x: float, foot: float, height: float, colour: str) -> None:
    sheet.shape(
        [(x - 7, foot), (x - 3, foot - height), (x + 3, foot - height), (x + 7, foot)], colour
    )
    for angle in (20, 140, 260):
        dx, dy = polar(angle, height * 0.52)
        sheet.line([(x, foot - height), (x + dx, foot - height + dy)], colour, width=9)
    sheet.disc(x, foot - height, 11, colour)


def crowd(sheet: Canvas, light: Light, seed: int) -> None:
    """A square full of people, counted but not known."""
    random = Random(seed)  # noqa: S311
    sky(sheet, light, x=1200, y=200, r=110)
    skyline(sheet, light, seed)
    sheet.box(0, 560, sheet.width, 340, mix(light.ground, light.sky, 0.25))
    people = [(random.uniform(10, 1590), 590 + row * 24) for row in range(7) for _ in range(15)]
    for x, y in sorted(people, key=lambda at: at[1]):
        person(sheet, x, y + 40, 96 + (y - 590) * 0.34, random.choice(COATS), random.choice(LOOKS))
    sheet.box(592, 210, 22, 480, c.INK)
    sheet.box(536, 190, 134, 66, c.PAPER, round_by=18)
    sheet.disc(570, 223, 15, c.TEAL)
    sheet.disc(634, 223, 15, c.BATON)
    for x, w in ((140, 360), (720, 300), (1130, 380)):
        _frame(sheet, x, 548, w, 150)


def _frame(sheet: Canvas, x: float, y: float, w: float, h: float) -> None:
    """Draw the four corners by which a counter marks a group."""
    for left, dx in ((x, 40), (x + w, -40)):
        for top, dy in ((y, 40), (y + h, -40)):
            sheet.line([(left + dx, top), (left, top), (left, top + dy)], c.BATON, width=10)


def bridge(sheet: Canvas, light: Light, seed: int) -> None:
    """A drawbridge, halfway open."""
    sky(sheet, light, x=800, y=310, r=170)
    skyline(sheet, light, seed)
    water(sheet, light, top=640, seed=seed)
    for x, w in ((-10, 460), (1150, 470)):
        sheet.box(x, 580, w, 160, mix(c.BRICK, c.INK, 0.25))
        sheet.box(x, 570, w, 24, c.INK)
    sheet.line([(440, 578), (690, 400)], c.INK, width=26)
    sheet.line([(1160, 578), (910, 400)], c.INK, width=26)
    for x, turn in ((400, 1), (1200, -1)):
        sheet.box(x - 14, 290, 28, 300, c.BATON)
        sheet.line([(x - turn * 120, 350), (x + turn * 190, 226)], c.BATON, width=20)
        sheet.box(x - turn * 120 - 34, 330, 68, 58, c.INK, round_by=8)
        sheet.line([(x + turn * 190, 226), (x + turn * 262, 428)], c.INK, width=6)
    sheet.shape([(690, 690), (910, 690), (880, 740), (720, 740)], c.INK)
    sheet.shape([(800, 480), (800, 680), (900, 680)], c.PAPER)
    sheet.shape([(786, 520), (786, 680), (724, 680)], c.SUN)


def works(sheet: Canvas, light: Light, seed: int) -> None:
    """A crane that builds in blocks: a platform is bought piece by piece."""
    sky(sheet, light, x=380, y=250)
    skyline(sheet, light, seed)
    ground(sheet, light)
    blocks = [(620, 590, c.TEAL), (760, 590, c.SUN), (900, 590, c.BRICK), (690, 470, c.PAPER)]
    for x, y, colour in [*blocks, (830, 470, c.NIGHT), (890, 300, c.SUN)]:
        sheet.box(x, y, 132, 112, colour, round_by=12)
        for dot in (36, 66, 96):
            sheet.disc(x + dot, y + 56, 10, mix(colour, c.INK, 0.55))
    sheet.line([(956, 300), (956, 130)], c.INK, width=5)
    sheet.box(1280, 110, 34, 594, c.BATON)
    for y in range(130, 690, 56):
        sheet.line([(1284, y), (1310, y + 40)], c.PAPER, width=5)
    sheet.box(820, 96, 640, 26, c.BATON)
    sheet.shape([(1280, 100), (1297, 30), (1314, 100)], c.BATON)
    sheet.line([(1297, 34), (840, 100)], c.INK, width=4)
    sheet.line([(1297, 34), (1450, 100)], c.INK, width=4)
    sheet.box(1390, 118, 76, 70, c.INK, round_by=6)
    sheet.box(1222, 130, 66, 76, c.PAPER, round_by=10)
    person(sheet, 480, 706, 230, c.BRICK, LOOKS[seed % 11])


def relay(sheet: Canvas, light: Light, seed: int) -> None:
    """One runner hands the baton to the next, in front of the city."""
    sky(sheet, light, x=880, y=330, r=190)
    skyline(sheet, light, seed)
    ground(sheet, light)
    tree(sheet, 90, 706, 230, mix(light.near, c.TEAL, 0.5))
    tree(sheet, 1530, 706, 270, mix(light.near, c.TEAL, 0.5))
    runner(sheet, 1060, 728, c.SUN, LOOKS[(seed + 6) % 11], ahead=True)
    runner(sheet, 610, 728, c.BRICK, LOOKS[seed % 11], ahead=False)
    baton(sheet, 872, 409, -4, rim=light.sky, length=170)
