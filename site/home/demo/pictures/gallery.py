"""Which scene goes with which page, in which light, and how far the baton has come."""

from dataclasses import dataclass

from home.demo.pictures import indoors, outdoors, street
from home.demo.pictures.canvas import Canvas, mix
from home.demo.pictures.scenery import DARK, DAY, EVENING, MORNING, Light, Scene, thread


@dataclass(frozen=True)
class Picture:
    scene: Scene
    light: Light
    seed: int
    baton: float | None
    title: str
    mirrored: bool = False


PICTURES = {
    "home": Picture(outdoors.relay, MORNING, 4, None, "Het stokje gaat over"),
    "parkeren": Picture(street.parking, DAY, 11, 0.1, "Een vrij parkeervak"),
    "gracht": Picture(street.canal, MORNING, 4, 0.2, "Grachtenhuizen en een boot"),
    "meetpost": Picture(outdoors.measuring, DAY, 23, 0.3, "Een meetpost in een tuin"),
    "bouwen": Picture(outdoors.works, MORNING, 8, 0.4, "Een kraan bouwt met blokken"),
    "bezwaar": Picture(street.camera, EVENING, 15, 0.5, "Een camera en een brief"),
    "raad": Picture(indoors.council, DAY, 2, 0.6, "De gemeenteraad vergadert"),
    "polder": Picture(outdoors.polder, DAY, 31, 0.7, "Een gemaal in de polder"),
    "lantaarns": Picture(street.lamps, DARK, 19, 0.8, "Lantaarnpalen in de avond"),
    "keten": Picture(street.tram, MORNING, 42, 0.9, "Een tram door de stad"),
    "brug": Picture(outdoors.bridge, EVENING, 5, 0.35, "Een ophaalbrug"),
    "tram": Picture(street.tram, EVENING, 27, 0.65, "Een tram in de avond", mirrored=True),
    "fietspad": Picture(street.bicycles, DAY, 37, 0.25, "Fietsers langs de bomen", mirrored=True),
    "school": Picture(indoors.circle, MORNING, 3, 0.75, "Mensen leren van elkaar"),
    "verordening": Picture(indoors.decree, DAY, 1, 0.15, "Regels met een zegel"),
    "datakookboek": Picture(indoors.cookbook, MORNING, 1, 0.45, "Stilleven met kookboek"),
    "drukte": Picture(outdoors.crowd, MORNING, 6, 0.85, "Een druk plein"),
    "meten": Picture(outdoors.measuring, EVENING, 29, 0.55, "Meten in de avondzon", mirrored=True),
    "weegschaal": Picture(indoors.scales, MORNING, 1, 0.3, "Een weegschaal"),
    "lagen": Picture(indoors.layers, DAY, 1, 0.6, "De stad in lagen"),
    "toets": Picture(indoors.idea, DAY, 1, 0.8, "Een idee en een lijst"),
    "kring": Picture(indoors.circle, DAY, 1, 0.4, "Een kring van makers"),
}


def draw(name: str) -> bytes:
    """Return the picture called ``name`` as a JPEG of 1600 by 900 pixels."""
    picture = PICTURES[name]
    sheet = Canvas()
    picture.scene(sheet, picture.light, picture.seed)
    if picture.mirrored:
        sheet.mirror()
    thread(sheet, picture.baton, over=mix(picture.light.ground, picture.light.sky, 0.12))
    return sheet.jpeg()
