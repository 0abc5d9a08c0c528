"""What the PDF's page may fetch: its own pictures and equations, by number, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from paperbuild import equations
from paperbuild.fonts.drawings import words
from paperbuild.formats.pdf.formula import drawn
from paperbuild.model import Image
from paperbuild.pandoc.ast import Node

SCHEME = "paperbuild:"
_SVG = "image/svg+xml"
EQUATION_MARK = "\ue000"
"""Begins the alternative text of an equation until its structure element is made a Formula."""


@dataclass
class Pictures:
    """Hands out URLs while the page is written, and the bytes behind them while it is laid out."""

    images: Mapping[str, Image]
    mathml: Mapping[str, str]
    served: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    drawn: dict[str, tuple[str, float, float, float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def picture(self, target: str) -> str | None:
        """The URL of a picture, or None where it could not be had."""
        image = self.images.get(target)
        return self._serve(image.data, image.media_type) if image else None

    def line(self, length: float, thickness: float, colour: str) -> str:
        """The URL of a level line, in points."""
        size = f'width="{length}pt" height="{thickness}pt"'
        shape = f'<rect width="100%" height="100%" fill="{colour}"/>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{shape}</svg>'
        return self._serve(svg.encode(), _SVG)

    def equation(self, node: Node) -> str:
        """An ``img`` of the equation, its TeX as alternative text, standing on the line's baseline."""
        key, tex = equations.key(node), equations.tex(node)
        if key not in self.drawn:
            self.drawn[key] = self._draw(key, tex)
        url, width, height, depth = self.drawn[key]
        if not url:
            return f"<code>{escape(tex)}</code>"
        kind = "math display" if equations.is_display(node) else "math"
        look = f"width:{width:.3f}em;height:{height:.3f}em;vertical-align:{-depth:.3f}em"
        return f'<img class="{kind}" src="{url}" alt="{escape(EQUATION_MARK + tex)}" style="{look}"/>'

    def texts(self) -> Mapping[str, str]:
        """The text in each drawing that the page shows, by its name in the manuscript."""
        shown = {data for data, media_type in self.served.values() if media_type == _SVG}
        drawings = {name: image.data for name, image in self.images.items() if image.media_type == _SVG}
        return {name: words(data) for name, data in drawings.items() if data in shown}

    def fetch(self, url: str) -> tuple[bytes, str]:
        """The bytes and media type behind a URL of ours. Raises ValueError for any other URL."""
        try:
            return self.served[url]
        except KeyError:
            raise ValueError(
                f"{url[:80]} is not fetched: a page shows only the manuscript's own files"
            ) from None

    def _serve(self, data: bytes, media_type: str) -> str:
        url = f"{SCHEME}{len(self.served)}"
        for known, served in self.served.items():
            if served == (data, media_type):
                return known
        self.served[url] = (data, media_type)
        return url

    def _draw(self, key: str, tex: str) -> tuple[str, float, float, float]:
        """URL, width, height and depth below the baseline in em; an empty URL where ziamath can't draw it."""
        formula = drawn(self.mathml[key]) if key in self.mathml else None
        if formula is None:
            self.failed.append(tex)
            return "", 0.0, 0.0, 0.0
        url = self._serve(formula.svg, _SVG)
        return url, formula.width, formula.height, formula.depth
