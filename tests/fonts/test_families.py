"""The families that come with the installation are here, may be embedded, and have what a layout needs."""

from __future__ import annotations

from pathlib import Path
from unicodedata import category

import pytest
from fontTools.ttLib import TTFont

from paperbuild import fonts
from paperbuild.fonts import FAMILIES, Family, coverage, family
from paperbuild.fonts.families import GENERIC, LANGUAGES
from paperbuild.fonts.rules import rules

CONFIGURATION = Path(fonts.__file__).parent / "fonts.conf"

RESTRICTED = 0x0002
"""Bit 1 of fsType (OpenType 1.9, table OS/2): may not be embedded."""


def known(name) -> Family:
    found = family(name)
    assert found
    return found


def named(each):
    return [pytest.param(one, id=one.name) for one in each]


@pytest.mark.parametrize("each", named(FAMILIES))
def test_every_family_is_here_under_its_name_and_may_be_embedded(each):
    files = each.files()
    assert files
    for path in files:
        with TTFont(path, lazy=True) as font:
            names = {font["name"].getDebugName(16), font["name"].getDebugName(1)}
            assert each.name in names, path
            assert not font["OS/2"].fsType & RESTRICTED, path


@pytest.mark.parametrize("name", ["EB Garamond", "Noto Serif", "Noto Sans"])
def test_a_text_face_has_small_capitals_and_old_style_figures_of_its_own(name):
    for path in known(name).files():
        with TTFont(path, lazy=True) as font:
            features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
            assert {"smcp", "onum", "lnum"} <= features, path


@pytest.mark.parametrize("name", ["EB Garamond", "Noto Serif", "Noto Sans", "Source Sans 3"])
def test_a_text_face_writes_latin_greek_and_cyrillic(name):
    for path in known(name).files():
        wanted = "AzÄßőŁşḥṭṣʿʾāšẞặ ΑωάἀῥᾷῶΏ АяЖѣѲ –—“”„…†§€".replace(" ", "")
        assert not [letter for letter in wanted if ord(letter) not in coverage.of_file(path)], path


def test_generic_families_are_made_of_families_that_are_here():
    for names in GENERIC.values():
        assert all(family(name) for name in names)
        assert len(set(names)) == len(names)
    for area in LANGUAGES.values():
        assert family(f"Noto Serif {area}")
        assert family(f"Noto Sans {area}")


def test_what_any_family_has_the_generic_serif_has():
    serif = frozenset().union(*(coverage.of(known(name)) for name in GENERIC["serif"]))
    for each in FAMILIES:
        lacking = [f"{point:X}" for point in coverage.of(each) - serif if category(chr(point)) != "Co"]
        assert not lacking, (each.name, lacking)


def test_a_family_is_found_in_any_case_and_others_are_none():
    assert family("eb garamond") is family("EB Garamond")
    assert family("Comic Sans MS") is None


def test_a_file_that_is_no_font_has_no_characters(tmp_path):
    (tmp_path / "x.ttf").write_bytes(b"no font")
    assert coverage.of_file(tmp_path / "x.ttf") == frozenset()
    assert coverage.of_file(tmp_path / "none.ttf") == frozenset()


def test_the_rules_in_the_file_are_those_of_the_families():
    assert CONFIGURATION.read_text("utf-8") == rules()
