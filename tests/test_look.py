"""What of a picture is compared: that it is the same file, and that something can be seen on it."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from tests.helpers import picture

from paperbuild.look import BLANK, look


def drawn(mode: str, size: tuple[int, int], colour, dot=None, kind: str = "PNG") -> bytes:
    image = Image.new(mode, size, colour)
    if dot:
        image.putpixel((1, 1), dot)
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        drawn("RGB", (300, 200), "white"),
        drawn("RGB", (300, 200), "white", kind="JPEG"),
        drawn("L", (300, 200), 255),
        drawn("RGBA", (300, 200), (255, 0, 0, 0)),
        drawn("RGB", (1, 1), "black"),
        b"",
        b"not a picture",
        picture()[:40],
    ],
    ids=["white", "white JPEG", "grey", "transparent", "a pixel", "nothing", "a text", "half of one"],
)
def test_nothing_can_be_seen_of_these(data):
    assert look(data) == BLANK


@pytest.mark.parametrize(
    "data",
    [
        picture(),
        drawn("RGB", (300, 200), "white", (0, 0, 0)),
        drawn("RGBA", (300, 200), (255, 0, 0, 0), (255, 0, 0, 255)),
        drawn("P", (30, 20), 3),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
    ids=["one colour", "a dot", "a dot on nothing", "a palette", "a drawing"],
)
def test_something_can_be_seen_of_these(data):
    assert len(look(data)) == 64
    assert look(data) == look(bytes(data))


def test_two_pictures_are_told_from_each_other():
    assert look(picture(40, 30)) != look(picture(41, 30))
