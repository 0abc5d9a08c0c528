"""The doctor names what is missing, with the command that installs it here; nothing makes it fail itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pypandoc
import pytest
from click.testing import CliRunner

from paperbuild import layouts, system_parts
from paperbuild.commands.doctor import doctor, examine
from paperbuild.system_parts import TOOLS, line_to_type, parts

SCRIPT = Path(__file__).parent.parent / "scripts/system-parts.sh"


def examined(out):
    return {found.name: found for found in examine(out)}


@pytest.mark.slow
def test_a_machine_that_passes_the_tests_is_well(tmp_path):
    result = CliRunner().invoke(doctor, ["--out", str(tmp_path / "dist")])
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert all(line.startswith("✓ ") for line in lines)
    for name in ("Python", "pandoc", "WeasyPrint", "pypdfium2", "pikepdf", "CSL styles"):
        assert any(line.startswith(f"✓ {name}") for line in lines), name
    assert not (tmp_path / "dist").exists()


@pytest.fixture
def quick(monkeypatch):
    """Leaves out the page that WeasyPrint draws, which takes a second."""
    monkeypatch.setattr("paperbuild.commands.doctor._page", lambda: "70")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("tool", "command"),
    [
        ("apt-get", "apt-get install -y --no-install-recommends fonts-liberation"),
        ("dnf", "dnf install -y liberation-serif-fonts"),
        ("pacman", "pacman -S --needed ttf-liberation"),
        ("brew", "brew install font-liberation"),
        ("", "install what Debian calls fonts-liberation"),
    ],
)
def test_a_missing_font_is_named_with_the_command_of_this_system(tool, command, tmp_path, monkeypatch):
    there = frozenset(f for f in system_parts.families() or () if not f.startswith("Liberation Serif"))
    monkeypatch.setattr(system_parts, "families", lambda: there)
    monkeypatch.setattr(system_parts, "installer", lambda: tool)
    result = CliRunner().invoke(doctor, ["--out", str(tmp_path)])
    assert result.exit_code == 3
    assert "✗ font Liberation Serif\n" in result.stdout
    assert command in result.stdout
    assert "✓ layout article  EB Garamond, Source Sans 3, Source Code Pro" in result.stdout
    assert "one thing is missing" in result.stderr


@pytest.mark.usefixtures("quick")
def test_several_missing_parts_are_also_installed_by_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(system_parts, "families", frozenset)
    monkeypatch.setattr(system_parts, "installer", lambda: "dnf")
    result = CliRunner().invoke(doctor, ["--out", str(tmp_path)])
    line = result.stderr.splitlines()[-1]
    assert "google-noto-sans-syriac-fonts" in line
    assert "liberation-serif-fonts" in line
    assert "pango" not in line


@pytest.mark.usefixtures("quick")
def test_a_family_whose_package_is_missing_is_named_and_the_layouts_that_need_it(tmp_path, monkeypatch):
    monkeypatch.setattr("paperbuild.fonts.families._folder", lambda _: None)
    monkeypatch.setattr(system_parts, "families", frozenset)
    found = examined(tmp_path)
    assert found["font EB Garamond"].remedy.endswith("-m pip install --upgrade fontpkg-eb-garamond")
    for name in layouts.names():
        assert found[f"layout {name}"].detail.startswith("no font for serif")


@pytest.mark.usefixtures("quick")
def test_fonts_are_not_called_missing_where_nothing_can_look_for_them(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    found = examined(tmp_path)
    assert not found["command fc-list"].ok
    assert "fontconfig" in found["command fc-list"].remedy
    assert not any(name.startswith(("font ", "layout ")) for name in found)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("version", "ok"), [("2.19.2", False), ("3.0", False), ("3.1", True), ("3.10.1", True)]
)
def test_an_old_pandoc_is_told_with_its_version(version, ok, tmp_path, monkeypatch):
    monkeypatch.setattr(pypandoc, "get_pandoc_version", lambda: version)
    found = examined(tmp_path)["pandoc"]
    assert found.ok == ok
    assert version in found.detail
    assert "pypandoc_binary" in found.remedy or ok


def test_a_package_that_cannot_be_imported_is_told_and_the_rest_is_looked_at(tmp_path, monkeypatch):
    for module in ("weasyprint", "pikepdf"):
        monkeypatch.setitem(sys.modules, module, None)
    found = examined(tmp_path)
    assert [name for name, one in found.items() if not one.ok] == ["WeasyPrint draws a page", "pikepdf"]
    assert found["pikepdf"].remedy.endswith("-m pip install --upgrade pikepdf")


@pytest.mark.usefixtures("quick")
def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    found = examined(tmp_path / "file/dist")[f"folder {tmp_path}/file/dist"]
    assert not found.ok
    assert "--out" in found.remedy


def test_every_part_names_a_package_for_every_tool():
    for part in parts():
        assert part.kind in {"library", "command", "font"}
        assert part.name
        assert len(part.packages) == len(TOOLS), part
        assert all(part.packages), part


def test_a_part_that_two_packages_share_is_installed_once():
    wanted = [part for part in parts() if part.kind == "library"]
    assert line_to_type("brew", wanted) == "brew install harfbuzz pango"
    assert line_to_type("brew", []) == ""
    assert line_to_type("zypper", wanted) == ""


def test_the_script_reads_the_same_table(tmp_path):
    for name, text in {"id": "echo 1000", "fc-list": "exit 0", "apt-get": "exit 1"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    done = subprocess.run(
        ["sh", str(SCRIPT)], env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, capture_output=True, encoding="utf-8",
        timeout=20, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    for part in parts():
        assert (part.packages[0] in done.stderr) == (part.kind == "font"), part
