"""Which text of a page can be seen.

Text is hidden that is painted in no way (invisible, transparent), too small to be a letter, in the colour of
what is behind it, covered by what is painted later, or clipped away. In doubt, it can be seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from paperbuild.formats.pdf.reader.objects import IMAGE, PATH, SHADING, TEXT, Box, Colour, Probe, Thing

UNPAINTED = frozenset({3, 7})
"""Text render modes that paint nothing (ISO 32000-2, 9.3.6)."""
OUTLINED = frozenset({1, 5})
"""Text render modes that paint the letters' outlines only."""

SMALLEST_LETTER = 1.0
"""A font size below which nobody reads, in points."""

LEAST_CONTRAST = 1.2
"""Two colours with less contrast (WCAG 2, 1.4.3) look like one."""

LEAST_SIDE = 3
"""An area less than so many points wide or high is a line."""

BAND = 16
"""Areas are looked up by bands of the page that are so many points high, """
FAR = 20000
"""and further away than this there is no page."""

WHITE: Colour = (255, 255, 255, 255)


def unseen(things: Sequence[Thing], probe: Probe) -> frozenset[int]:
    """The places of the text objects of which nothing can be seen."""
    scene = _Scene(things, probe)
    return frozenset(
        place for place, thing in enumerate(things) if thing.kind == TEXT and scene.is_hidden(place)
    )


@dataclass(frozen=True, slots=True)
class _Area:
    """A path with an inside, a picture or a shading, large enough to be behind or before text."""

    place: int
    box: Box


class _Scene:
    """A page's objects, with what was found out of its coloured areas."""

    def __init__(self, things: Sequence[Thing], probe: Probe) -> None:
        self.things = things
        self.probe = probe
        self.bands = _bands(things)
        self.filled: dict[int, bool] = {}
        self.plain: dict[int, Colour | None] = {}

    def is_hidden(self, place: int) -> bool:
        """True for text of which nothing can be seen."""
        thing = self.things[place]
        mode = self.probe.text_mode(thing.raw)
        if mode in UNPAINTED or thing.box.size < SMALLEST_LETTER:
            return True
        colour = (self.probe.stroke if mode in OUTLINED else self.probe.fill)(thing.raw)
        if self._is_lost(place, colour):
            return True
        return self._is_covered(place) or (not thing.in_form and self._is_clipped(thing))

    def _is_lost(self, place: int, colour: Colour) -> bool:
        """True for text in the colour of what is behind it."""
        box = self.things[place].box
        for area in self._areas(box):
            if area.place < place and self._is_filled(area.place):
                ground = self._colour(area.place)
                if ground is None:
                    return colour[3] == 0
                return _contrast(_over(colour, ground), ground) < LEAST_CONTRAST
        return not stands_out(colour)

    def _areas(self, box: Box) -> Iterator[_Area]:
        """The areas that reach to the middle of the box, the last painted first."""
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        for area in self.bands.get(int(y // BAND), ()):
            around = area.box
            if around.left <= x <= around.right and around.bottom <= y <= around.top:
                yield area

    def _is_filled(self, place: int) -> bool:
        """True for an area that is painted, not only framed."""
        if place not in self.filled:
            thing = self.things[place]
            self.filled[place] = thing.kind != PATH or self.probe.painted(thing.raw)[0]
        return self.filled[place]

    def _colour(self, place: int) -> Colour | None:
        """The colour of an area; None where it has several, or is not certain to be there."""
        if place not in self.plain:
            thing = self.things[place]
            is_plain = thing.kind == PATH and self.probe.is_rectangle(thing.raw)
            self.plain[place] = _over(self.probe.fill(thing.raw), WHITE) if is_plain else None
        return self.plain[place]

    def _is_covered(self, place: int) -> bool:
        """True for text over which an area was painted later."""
        box = self.things[place].box
        for area in self._areas(box):
            if area.place < place:
                return False
            if _share(area.box, box) > 0.9 and self._is_opaque(area.place, box):
                return True
        return False

    def _is_opaque(self, place: int, box: Box) -> bool:
        """True for a rectangle or a picture through which nothing can be seen at the box."""
        thing = self.things[place]
        if thing.in_form or any(_share(clip, box) < 0.9 for clip in self.probe.clips(thing.raw)):
            return False
        if thing.kind == IMAGE:
            return self._is_whole(thing)
        return (
            self._is_filled(place) and self._colour(place) is not None and self.probe.fill(thing.raw)[3] > 250
        )

    def _is_whole(self, thing: Thing) -> bool:
        """True for a picture of which no part is transparent."""
        picture = self.probe.drawn(thing.raw)
        if picture is None or picture.mode != "RGBA":
            return picture is not None
        return bool(picture.getextrema()[3][0] > 250)

    def _is_clipped(self, thing: Thing) -> bool:
        """True for text that lies outside of what its clip path lets through."""
        return any(_share(clip, thing.box) < 0.1 for clip in self.probe.clips(thing.raw))


def _may_be_area(thing: Thing) -> bool:
    """True for what may lie behind or before a line of text."""
    if thing.kind not in {PATH, IMAGE, SHADING}:
        return False
    return thing.box.right - thing.box.left > LEAST_SIDE and thing.box.top - thing.box.bottom > LEAST_SIDE


def _bands(things: Sequence[Thing]) -> Mapping[int, list[_Area]]:
    """The areas by the bands of the page that they reach into, the last painted first."""
    bands: dict[int, list[_Area]] = defaultdict(list)
    for place in range(len(things) - 1, -1, -1):
        if _may_be_area(things[place]):
            area = _Area(place, things[place].box)
            lowest, highest = (max(-FAR, min(FAR, edge)) // BAND for edge in (area.box.bottom, area.box.top))
            for band in range(int(lowest), int(highest) + 1):
                bands[band].append(area)
    return bands


def _share(area: Box, box: Box) -> float:
    """Which part of the box lies within the area, from 0 to 1."""
    across = min(area.right, box.right) - max(area.left, box.left)
    up = min(area.top, box.top) - max(area.bottom, box.bottom)
    if across < 0 or up < 0:
        return 0
    size = (box.right - box.left) * (box.top - box.bottom)
    return across * up / size if size > 0 else 1


def _over(colour: Colour, ground: Colour) -> Colour:
    """What is seen of a colour that is painted over an opaque one."""
    if colour[3] == 255:
        return colour
    part = colour[3] / 255
    red, green, blue = (
        round(part * own + (1 - part) * other) for own, other in zip(colour[:3], ground[:3], strict=True)
    )
    return red, green, blue, 255


def stands_out(colour: Colour) -> bool:
    """True for a colour that can be seen on white paper."""
    return _contrast(_over(colour, WHITE), WHITE) >= LEAST_CONTRAST


@lru_cache(maxsize=1024)
def _contrast(one: Colour, other: Colour) -> float:
    """The contrast of two opaque colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    parts = (part / 255 for part in colour[:3])
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
