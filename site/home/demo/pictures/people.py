"""The people in the scenes: small, of all sorts, and never the same row of hats."""

from dataclasses import dataclass

from home.demo.pictures import canvas as c
from home.demo.pictures.canvas import Canvas, mix


@dataclass(frozen=True)
class Look:
    skin: str
    hair: str
    style: str


LOOKS = [
    Look("#f0c9a8", "#7a4a2b", "short"),
    Look("#8d5a3b", "#2b211c", "curls"),
    Look("#e6b592", "#2a7a80", "scarf"),
    Look("#5d3a28", "#1d1714", "short"),
    Look("#f3d3b8", "#c98f3c", "long"),
    Look("#c68a5e", "#3a2a20", "bun"),
    Look("#f0c9a8", "#b9b3aa", "short"),
    Look("#a56c45", "#2b211c", "long"),
    Look("#e6b592", "#e6b592", "bald"),
    Look("#c68a5e", "#c9684a", "scarf"),
    Look("#f3d3b8", "#8b8680", "bun"),
]
COATS = [c.BRICK, c.TEAL, c.SUN, c.NIGHT, c.PAPER]


def head(sheet: Canvas, x: float, y: float, r: float, look: Look) -> None:
    """Draw a head around (x, y), hair included."""
    if look.style == "long":
        sheet.box(x - r * 1.16, y - r * 0.4, r * 2.32, r * 1.8, look.hair, round_by=r * 0.6)
        sheet.box(x - r * 0.42, y, r * 0.84, r * 1.42, look.skin, round_by=r * 0.3)
    if look.style == "scarf":
        sheet.oval(x, y + r * 0.16, r * 1.2, r * 1.32, look.hair)
        sheet.oval(x, y + r * 0.1, r * 0.82, r * 0.94, look.skin)
        return
    if look.style == "bun":
        sheet.disc(x, y - r * 1.2, r * 0.5, look.hair)
    sheet.disc(x, y, r, look.skin)
    if look.style == "curls":
        for dx, dy in ((-0.8, -0.35), (-0.55, -0.8), (0, -0.98), (0.55, -0.8), (0.8, -0.35)):
            sheet.disc(x + dx * r, y + dy * r, r * 0.46, look.hair)
    elif look.style != "bald":
        sheet.pie(x, y - r * 0.08, r * 1.1, 178, 362, look.hair)


def person(sheet: Canvas, x: float, foot: float, size: float, coat: str, look: Look) -> None:
    """Draw someone standing, ``size`` high."""
    legs = c.INK if coat != c.INK else c.NIGHT
    for dx in (-0.1, 0.01):
        sheet.box(
            x + size * dx, foot - size * 0.4, size * 0.09, size * 0.4, legs, round_by=size * 0.02
        )
    sheet.box(
        x - size * 0.15, foot - size * 0.76, size * 0.3, size * 0.44, coat, round_by=size * 0.12
    )
    head(sheet, x, foot - size * 0.87, size * 0.11, look)


def bust(sheet: Canvas, x: float, y: float, size: float, coat: str, look: Look) -> None:
    """Draw head and shoulders; ``y`` is where the shoulders end, ``size`` how wide they are."""
    sheet.pie(x, y, size / 2, 180, 360, coat)
    sheet.box(x - size / 2, y - 1, size, size * 0.45, coat)
    head(sheet, x, y - size * 0.68, size * 0.27, look)


def runner(sheet: Canvas, x: float, foot: float, coat: str, look: Look, *, ahead: bool) -> None:
    """Draw someone running to the right, who takes (``ahead``) or gives the baton."""
    hip, shoulder = (x, foot - 210), (x + 46, foot - 372)
    sheet.line(
        [hip, (x - 66, foot - 118), (x - 170, foot - 132)], mix(c.INK, c.NIGHT, 0.5), width=40
    )
    sheet.line([(x - 170, foot - 132), (x - 186, foot - 104)], c.PAPER, width=24)
    back = [shoulder, (x - 50, foot - 320), (x - 96, foot - 262)]
    front = [shoulder, (x + 108, foot - 300), (x + 176, foot - 330)]
    reach = [shoulder, (x - 60, foot - 330), (x - 152, foot - 318)]
    give = [shoulder, (x + 132, foot - 330), (x + 226, foot - 318)]
    sheet.line(reach if ahead else back, mix(coat, c.INK, 0.22), width=30)
    sheet.line([hip, shoulder], coat, width=84)
    sheet.line([hip, (x + 104, foot - 166), (x + 84, foot - 26)], c.INK, width=42)
    sheet.line([(x + 84, foot - 20), (x + 124, foot - 14)], c.PAPER, width=26)
    arm = front if ahead else give
    sheet.line(arm, mix(coat, c.INK, 0.1), width=30)
    for hand in (arm[-1], (reach if ahead else back)[-1]):
        sheet.disc(*hand, 19, look.skin)
    head(sheet, x + 78, foot - 446, 46, look)
