"""Scenes on the street: what rolls, shines and watches there."""

from random import Random

from home.demo.pictures import canvas as c
from home.demo.pictures.canvas import Canvas, mix
from home.demo.pictures.people import COATS, LOOKS, Look, bust, head
from home.demo.pictures.scenery import Light, ground, polar, signal, sky, skyline, tree, water


def parking(sheet: Canvas, light: Light, seed: int) -> None:
    """Parked cars, one free bay, and a sensor that says so."""
    sky(sheet, light)
    skyline(sheet, light, seed)
    ground(sheet, light)
    for x, colour in ((70, c.BRICK), (430, c.SUN), (1150, c.PAPER)):
        car(sheet, x, 705, colour, light)
    for x in (40, 400, 760, 1120, 1480):
        sheet.box(x, 712, 8, 62, light.sky, round_by=3)
    sheet.disc(944, 716, 22, c.INK)
    sheet.disc(944, 716, 9, c.SUN)
    signal(sheet, 944, 712, c.PAPER, size=1.1)
    sheet.box(1030, 400, 12, 306, c.INK)
    sheet.box(978, 348, 116, 116, c.PAPER, round_by=16)
    sheet.box(985, 355, 102, 102, c.TEAL, round_by=12)
    sheet.box(1014, 376, 16, 62, c.PAPER, round_by=3)
    sheet.ring(1040, 396, 22, c.PAPER, width=14)


def car(sheet: Canvas, x: float, foot: float, colour: str, light: Light) -> None:
    sheet.shape(
        [(x + 58, foot - 92), (x + 92, foot - 148), (x + 192, foot - 148), (x + 236, foot - 92)],
        colour,
    )
    glass = mix(light.sky, c.TEAL, 0.3)
    sheet.shape(
        [(x + 78, foot - 94), (x + 102, foot - 134), (x + 140, foot - 134), (x + 140, foot - 94)],
        glass,
    )
    sheet.shape(
        [(x + 152, foot - 94), (x + 152, foot - 134), (x + 187, foot - 134), (x + 214, foot - 94)],
        glass,
    )
    sheet.box(x, foot - 96, 290, 66, colour, round_by=24)
    sheet.box(x, foot - 58, 290, 12, mix(colour, c.INK, 0.18))
    sheet.disc(x + 276, foot - 74, 9, c.SUN)
    for wheel in (70, 222):
        sheet.disc(x + wheel, foot - 26, 34, c.INK)
        sheet.disc(x + wheel, foot - 26, 14, c.MIST)


def canal(sheet: Canvas, light: Light, seed: int) -> None:
    """A row of canal houses with their gables, and a boat in front."""
    random = Random(seed)  # noqa: S311
    sky(sheet, light, x=330, y=230, r=120)
    colours = [c.BRICK, c.TEAL, c.SUN, c.MIST, mix(c.BRICK, c.INK, 0.4), c.PAPER]
    x = -40
    while x < sheet.width:
        w = random.choice([132, 150, 170])
        colour = colours[(x // 90 + seed) % len(colours)]
        canal_house(sheet, x, w, random.randint(290, 390), mix(colour, light.sky, 0.12), random)
        x += w + 4
    sheet.box(0, 640, sheet.width, 22, mix(light.ground, c.INK, 0.35))
    water(sheet, light, top=662, seed=seed)
    hull = [(960, 650), (1390, 650), (1340, 722), (1010, 722)]
    sheet.shape(hull, c.INK)
    sheet.box(1080, 596, 190, 56, c.PAPER, round_by=10)
    for left in (1100, 1156, 1212):
        sheet.box(left, 612, 38, 26, c.TEAL, round_by=6)


def canal_house(sheet: Canvas, x: float, w: float, h: float, colour: str, random: Random) -> None:
    top = 640 - h
    sheet.box(x, top, w, h, colour)
    if random.random() < 0.5:
        for step in range(4):
            inset = w * 0.11 * (step + 1)
            sheet.box(x + inset, top - 24 * (step + 1), w - 2 * inset, 25, colour)
    else:
        sheet.pie(x + w / 2, top + 1, w * 0.36, 180, 360, colour)
        sheet.box(x + w * 0.4, top - w * 0.46, w * 0.2, w * 0.3, colour, round_by=8)
    glass = mix(colour, c.INK, 0.62)
    for row in range(4):
        for column in range(3):
            left, high = x + w * (0.13 + 0.27 * column), top + 26 + row * 74
            if high + 50 < 640:
                lit = random.random() < 0.16
                sheet.box(left, high, w * 0.19, 46, c.SUN if lit else glass, round_by=3)
    sheet.box(x + w * 0.38, 580, w * 0.24, 60, mix(colour, c.INK, 0.75), round_by=4)


def bicycles(sheet: Canvas, light: Light, seed: int) -> None:
    """Two people cycling, the first with a box of sensors in front."""
    sky(sheet, light)
    skyline(sheet, light, seed)
    ground(sheet, light)
    tree(sheet, 120, 706, 210, mix(light.near, c.TEAL, 0.5))
    tree(sheet, 1500, 706, 250, mix(light.near, c.TEAL, 0.5))
    cyclist(sheet, 300, 706, c.BRICK, LOOKS[seed % 5])
    cyclist(sheet, 850, 706, c.SUN, LOOKS[5 + seed % 6])
    sheet.box(1128, 482, 66, 58, c.PAPER, round_by=10)
    sheet.disc(1161, 511, 15, c.TEAL)
    signal(sheet, 1204, 511, c.PAPER, up=False)


def cyclist(sheet: Canvas, x: float, foot: float, coat: str, look: Look) -> None:
    """Draw someone on a bicycle riding to the right; ``x`` is the left of the rear wheel."""
    rear, front, hub = (x + 92, foot - 92), (x + 330, foot - 92), (x + 196, foot - 92)
    saddle, bars = (x + 160, foot - 218), (x + 296, foot - 236)
    for wheel in (rear, front):
        sheet.ring(*wheel, 90, c.INK, width=11)
        sheet.disc(*wheel, 12, c.INK)
    frame = [rear, saddle, (x + 286, foot - 200), hub, rear]
    sheet.line(frame, c.BATON, width=11)
    sheet.line([saddle, hub], c.BATON, width=11)
    sheet.line([front, bars, (x + 268, foot - 246)], c.INK, width=11)
    sheet.rod(saddle[0], saddle[1] - 6, 62, 16, 0, c.INK)
    hip, shoulder = (x + 162, foot - 236), (x + 222, foot - 362)
    sheet.line([hip, (x + 238, foot - 176), (x + 204, foot - 62)], c.INK, width=38)
    sheet.line([(x + 204, foot - 62), (x + 236, foot - 60)], c.INK, width=22)
    sheet.line([hip, shoulder], coat, width=70)
    sheet.line(
        [shoulder, (x + 268, foot - 292), (x + 290, foot - 252)], mix(coat, c.INK, 0.2), width=26
    )
    head(sheet, x + 250, foot - 430, 42, look)


def tram(sheet: Canvas, light: Light, seed: int) -> None:
    """A tram under its wire."""
    sky(sheet, light, x=420, y=260)
    skyline(sheet, light, seed)
    ground(sheet, light)
    sheet.line([(-10, 320), (800, 336), (1610, 320)], c.INK, width=4)
    sheet.line([(690, 442), (740, 382), (690, 334)], c.INK, width=8)
    for left, w in ((210, 560), (786, 560)):
        sheet.box(left, 440, w, 240, c.PAPER, round_by=34)
        sheet.box(left, 590, w, 90, c.TEAL, round_by=26)
        sheet.box(left, 582, w, 40, c.TEAL)
        for window in range(4):
            sheet.box(left + 32 + window * 130, 474, 106, 86, c.NIGHT, round_by=12)
        for door in (0, 2):
            sheet.box(left + 150 + door * 130, 474, 16, 190, mix(c.TEAL, c.INK, 0.35))
    sheet.box(764, 470, 28, 190, c.INK)
    sheet.disc(1310, 640, 13, c.SUN)
    for x in (300, 420, 600, 880, 1130, 1250):
        sheet.disc(x, 690, 27, c.INK)
        sheet.disc(x, 690, 10, c.MIST)
    for number, x in enumerate((296, 428, 556, 872, 1004, 1130)):
        coat = COATS[(number + seed) % 3]
        bust(sheet, x, 552, 62, coat, LOOKS[(number * 3 + seed) % 11])
        sheet.box(x - 34, 560, 68, 22, c.PAPER)
        sheet.box(x - 34, 582, 68, 14, c.TEAL)


def lamps(sheet: Canvas, light: Light, seed: int) -> None:
    """A street of lamp posts, of which one listens along."""
    sky(sheet, light, x=1330, y=200, r=80)
    skyline(sheet, light, seed)
    ground(sheet, light)
    for x in (180, 620, 1060, 1500):
        sheet.glaze([(x - 100, 362), (x - 8, 362), (x + 120, 704), (x - 250, 704)], c.SUN, 0.3)
    for x in (180, 620, 1060, 1500):
        sheet.box(x - 7, 340, 14, 370, c.MIST, round_by=4)
        sheet.line([(x, 344), (x - 46, 340)], c.MIST, width=12)
        sheet.box(x - 104, 340, 100, 26, c.PAPER, round_by=12)
    sheet.box(590, 470, 60, 84, c.PAPER, round_by=12)
    sheet.disc(620, 500, 14, c.TEAL)
    sheet.box(602, 526, 36, 8, c.BATON, round_by=4)
    signal(sheet, 664, 510, c.PAPER, up=False)


def camera(sheet: Canvas, light: Light, seed: int) -> None:
    """A camera above the square, and the letter that asks why."""
    sky(sheet, light, x=420, y=300)
    skyline(sheet, light, seed)
    ground(sheet, light)
    sheet.glaze([(1186, 350), (760, 704), (1090, 704)], c.PAPER, 0.6)
    sheet.box(1322, 190, 26, 520, c.INK)
    sheet.line([(1334, 250), (1250, 290)], c.INK, width=20)
    body = [(1290, 226), (1320, 316), (1180, 372), (1150, 282)]
    sheet.shape(body, c.PAPER)
    sheet.shape([(1290, 226), (1299, 253), (1159, 309), (1150, 282)], c.TEAL)
    sheet.disc(1166, 330, 40, c.INK)
    sheet.disc(1166, 330, 18, c.SUN)
    envelope(sheet, 300, 380, 420, -7)


def envelope(sheet: Canvas, x: float, y: float, w: float, angle: float) -> None:
    """Draw a closed letter; (x, y) is its left upper corner before turning."""
    h = w * 0.64
    middle = (x + w / 2, y + h / 2)

    def at(dx: float, dy: float) -> tuple[float, float]:
        along, across = polar(angle, dx * w), polar(angle + 90, dy * h)
        return (middle[0] + along[0] + across[0], middle[1] + along[1] + across[1])

    sheet.shape([at(-0.53, -0.54), at(0.53, -0.54), at(0.53, 0.56), at(-0.53, 0.56)], c.INK)
    sheet.shape([at(-0.5, -0.5), at(0.5, -0.5), at(0.5, 0.5), at(-0.5, 0.5)], c.PAPER)
    sheet.line([at(-0.5, 0.5), at(0, 0.02), at(0.5, 0.5)], c.MIST, width=8)
    sheet.shape([at(-0.5, -0.5), at(0.5, -0.5), at(0, 0.14)], c.SAND)
    sheet.line([at(-0.5, -0.5), at(0, 0.14), at(0.5, -0.5)], c.INK, width=9)
    sheet.disc(*at(0, 0.1), w * 0.075, c.BATON)
