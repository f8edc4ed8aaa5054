"""What the scenes share: the light, the skyline, the ground and the line with the baton."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from home.demo.pictures import canvas as c
from home.demo.pictures.canvas import Canvas, Point, mix

GROUND = 700  # where the city stands
THREAD = 770  # where the line enters and leaves, the same in every picture


@dataclass(frozen=True)
class Light:
    """A time of the day: the sky, what glows in it, and the buildings from far to near."""

    sky: str
    glow: str
    far: str
    near: str
    ground: str
    window: str


MORNING = Light(c.SAND, c.SUN, mix(c.SAND, c.MIST, 0.55), c.MIST, mix(c.MIST, c.TEAL, 0.55), c.SAND)
DAY = Light(c.SKY, c.PAPER, mix(c.SKY, c.MIST, 0.6), mix(c.MIST, c.TEAL, 0.35), c.TEAL, c.SKY)
EVENING = Light(
    mix(c.SAND, c.BRICK, 0.28),
    c.SUN,
    mix(c.SAND, c.BRICK, 0.55),
    mix(c.BRICK, c.INK, 0.45),
    c.NIGHT,
    c.SUN,
)
DARK = Light(c.NIGHT, c.SAND, mix(c.NIGHT, c.TEAL, 0.35), c.INK, mix(c.INK, c.TEAL, 0.25), c.SUN)


def sky(sheet: Canvas, light: Light, *, x: float = 1180, y: float = 300, r: float = 150) -> None:
    """Fill the sheet with sky, and a sun or moon with two soft rings around it."""
    sheet.box(0, 0, sheet.width, sheet.height, light.sky)
    for factor, share in ((2.5, 0.12), (1.7, 0.26), (1, 0.85)):
        sheet.disc(x, y, r * factor, mix(light.sky, light.glow, share))


def skyline(sheet: Canvas, light: Light, seed: int) -> None:
    """Draw two rows of buildings, the far one paler, with here and there a lit window."""
    random = Random(seed)  # noqa: S311  the same picture every time
    for colour, low, high, lit in ((light.far, 210, 370, False), (light.near, 90, 230, True)):
        x = -random.randint(0, 60)
        while x < sheet.width:
            w, h = random.randint(70, 150), random.randint(low, high)
            _building(sheet, random, (x, GROUND - h, w, h), colour)
            if lit:
                _windows(sheet, random, (x, GROUND - h, w, h), mix(colour, light.window, 0.7))
            x += w + random.choice([0, 0, 6, 26])


def _building(
    sheet: Canvas, random: Random, at: tuple[float, float, float, float], colour: str
) -> None:
    x, y, w, h = at
    sheet.box(x, y, w, h, colour)
    roof = random.choice(["flat", "flat", "gable", "step", "mast", "slope"])
    if roof == "gable":
        sheet.shape([(x, y), (x + w / 2, y - w * 0.45), (x + w, y)], colour)
    elif roof == "step":
        sheet.box(x + w * 0.2, y - 26, w * 0.6, 27, colour)
        sheet.box(x + w * 0.36, y - 50, w * 0.28, 51, colour)
    elif roof == "mast":
        sheet.box(x + w / 2 - 3, y - 70, 6, 71, colour)
        sheet.disc(x + w / 2, y - 72, 8, colour)
    elif roof == "slope":
        sheet.shape([(x, y), (x + w, y - 42), (x + w, y)], colour)


def _windows(
    sheet: Canvas, random: Random, at: tuple[float, float, float, float], colour: str
) -> None:
    x, y, w, h = at
    for left in range(int(x) + 16, int(x + w) - 22, 28):
        for top in range(int(y) + 20, int(y + h) - 34, 40):
            if random.random() < 0.28:
                sheet.box(left, top, 13, 20, colour, round_by=2)


def ground(sheet: Canvas, light: Light, *, top: float = GROUND) -> None:
    """Draw the street, with a lighter kerb along the houses."""
    sheet.box(0, top, sheet.width, sheet.height - top, light.ground)
    sheet.box(0, top, sheet.width, 12, mix(light.ground, light.sky, 0.35))


def water(sheet: Canvas, light: Light, *, top: float, seed: int = 1) -> None:
    """Draw water with short calm strokes of light."""
    random = Random(seed)  # noqa: S311
    sheet.box(0, top, sheet.width, sheet.height - top, light.ground)
    for _ in range(34):
        x, y = random.uniform(0, sheet.width), random.uniform(top + 22, sheet.height - 16)
        stroke = mix(light.ground, light.sky, 0.28)
        sheet.rod(x, y, random.uniform(40, 150), 5, 0, stroke)


def tree(sheet: Canvas, x: float, foot: float, size: float, colour: str) -> None:
    sheet.box(x - size * 0.06, foot - size, size * 0.12, size, mix(colour, c.INK, 0.5))
    sheet.disc(x, foot - size * 1.15, size * 0.46, colour)
    sheet.disc(x + size * 0.22, foot - size * 0.86, size * 0.3, mix(colour, c.INK, 0.14))


def signal(
    sheet: Canvas, x: float, y: float, colour: str, *, size: float = 1, up: bool = True
) -> None:
    """Draw the three arcs of a sensor that sends."""
    start, end = (215, 325) if up else (-55, 55)
    for r in (26, 48, 70):
        sheet.arc(x, y, r * size, start, end, colour, width=7 * size)


def thread(sheet: Canvas, baton_at: float | None, *, over: str) -> None:
    """Draw the line that runs on from picture to picture, and the baton on its way.

    ``baton_at`` is how far the baton has come, from 0 (left edge) to 1, or
    ``None`` where the scene itself shows it; ``over`` is the colour of what the
    line lies on, for a thin rim around it.
    """
    points = [(float(x), _height(x, sheet.width)) for x in range(-20, sheet.width + 21, 10)]
    sheet.line(points, over, width=24)
    sheet.line(points, c.BATON, width=14)
    if baton_at is None:
        return
    x = baton_at * sheet.width
    slope = _height(x + 1, sheet.width) - _height(x - 1, sheet.width)
    baton(sheet, x, _height(x, sheet.width), math.degrees(math.atan2(slope, 2)), rim=over)


def baton(
    sheet: Canvas, x: float, y: float, angle: float, *, rim: str, length: float = 150
) -> None:
    """Draw the baton of a relay race, with two bands near its ends."""
    sheet.rod(x, y, length, 54, angle, rim)
    sheet.rod(x, y, length, 40, angle, c.PAPER)
    for share in (-0.34, 0.34):
        dx = math.cos(math.radians(angle)) * length * share
        dy = math.sin(math.radians(angle)) * length * share
        across = angle + 90
        half = polar(across, 12)
        sheet.line(
            [(x + dx - half[0], y + dy - half[1]), (x + dx + half[0], y + dy + half[1])],
            c.BATON,
            width=16,
        )


def polar(angle: float, distance: float) -> Point:
    """Return the point at ``distance`` from (0, 0) in the direction ``angle``, in degrees."""
    return (math.cos(math.radians(angle)) * distance, math.sin(math.radians(angle)) * distance)


def _height(x: float, width: float) -> float:
    """Return the line's height at ``x``: two calm waves, level at both edges."""
    share = min(max(x / width, 0), 1)
    return THREAD + 34 * math.sin(share * math.tau) * math.sin(share * math.pi)


Scene = Callable[[Canvas, Light, int], None]
