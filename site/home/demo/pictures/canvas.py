"""A sheet to draw on, twice as large as the picture, so that edges come out smooth."""

import math
from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

INK = "#12352c"
NIGHT = "#1c4a4a"
TEAL = "#2c7864"
MIST = "#96bfaa"
SKY = "#dce9e3"
SAND = "#f5ecd9"
PAPER = "#fffaf0"
SUN = "#f1b74c"
BRICK = "#c9684a"
BATON = "#e4500b"

SCALE = 2

Point = tuple[float, float]


def mix(one: str, other: str, share: float) -> str:
    """Return the colour that lies ``share`` (0 to 1) of the way from ``one`` to ``other``."""
    first, second = _channels(one), _channels(other)
    mixed = [round(a + (b - a) * share) for a, b in zip(first, second, strict=True)]
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


class Canvas:
    """A sheet of ``width`` by ``height``; all measures are in pixels of the final picture."""

    def __init__(self, width: int = 1600, height: int = 900, colour: str = SAND) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), colour)
        self.draw = ImageDraw.Draw(self.image)

    def box(
        self, x: float, y: float, w: float, h: float, colour: str, *, round_by: float = 0
    ) -> None:
        """Fill a rectangle whose left upper corner is (x, y)."""
        corners = [x * SCALE, y * SCALE, (x + w) * SCALE - 1, (y + h) * SCALE - 1]
        self.draw.rounded_rectangle(corners, radius=round_by * SCALE, fill=colour)

    def disc(self, x: float, y: float, r: float, colour: str) -> None:
        self.draw.ellipse(self._around(x, y, r, r), fill=colour)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: str) -> None:
        self.draw.ellipse(self._around(x, y, rx, ry), fill=colour)

    def ring(self, x: float, y: float, r: float, colour: str, *, width: float) -> None:
        self.draw.ellipse(self._around(x, y, r, r), outline=colour, width=round(width * SCALE))

    def pie(self, x: float, y: float, r: float, start: float, end: float, colour: str) -> None:
        """Fill a slice of a disc; angles in degrees, clockwise from three o'clock."""
        self.draw.pieslice(self._around(x, y, r, r), start, end, fill=colour)

    def arc(
        self, x: float, y: float, r: float, start: float, end: float, colour: str, *, width: float
    ) -> None:
        box = self._around(x, y, r, r)
        self.draw.arc(box, start, end, fill=colour, width=round(width * SCALE))

    def shape(self, points: Sequence[Point], colour: str) -> None:
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def line(self, points: Sequence[Point], colour: str, *, width: float) -> None:
        """Draw a line with round ends and round corners."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.line(scaled, fill=colour, width=round(width * SCALE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, colour)

    def rod(
        self, x: float, y: float, length: float, thick: float, angle: float, colour: str
    ) -> None:
        """Draw a bar with round ends around its middle (x, y), turned by ``angle`` degrees."""
        dx = math.cos(math.radians(angle)) * length / 2
        dy = math.sin(math.radians(angle)) * length / 2
        self.line([(x - dx, y - dy), (x + dx, y + dy)], colour, width=thick)

    def glaze(self, points: Sequence[Point], colour: str, share: float) -> None:
        """Lay ``colour`` over a shape, so that ``1 - share`` of what was there shines through."""
        mask = Image.new("L", self.image.size, 0)
        outline = [(x * SCALE, y * SCALE) for x, y in points]
        ImageDraw.Draw(mask).polygon(outline, fill=round(share * 255))
        self.image.paste(colour, mask=mask)

    def mirror(self) -> None:
        """Swap left and right of all that was drawn so far."""
        self.image = ImageOps.mirror(self.image)
        self.draw = ImageDraw.Draw(self.image)

    def jpeg(self) -> bytes:
        """Return the picture in its final size, as a JPEG with unmixed colours."""
        out = BytesIO()
        self.image.reduce(SCALE).save(out, "JPEG", quality=88, subsampling=0, optimize=True)
        return out.getvalue()

    def _around(self, x: float, y: float, rx: float, ry: float) -> list[float]:
        return [(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE]
