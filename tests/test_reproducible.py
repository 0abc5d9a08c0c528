"""The same manuscript gives the same bytes in another folder, for another user, with other fonts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers import manuscript, picture

PAPER = """\
---
title: On Signs
author: [Ana Silva, Bo Li]
lang: en
bibliography: refs.bib
toc: true
---

# First

A paragraph that cites [@kelsen1957; @eco2015], *slanted*, **bold**, with a note^[In it, ἀρχή and слово.]
and $x^2$.

![A cat](cat.png){#fig:cat alt="It sleeps"}

| Name | Count |
|:-----|------:|
| one  | 1     |

: Numbers {#tbl:n}

# Second

שָׁלוֹם العربية 中国 [日本語]{lang=ja} 한국 ∈ 👍 and @fig:cat.

```python
def f(x):
    return x
```
"""
FORMATS = "pdf,docx,preview,page"
CONFIG = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
BARE = f"{CONFIG}<fontconfig/>"
OWN = (
    f"{CONFIG}<fontconfig><dir>/usr/share/fonts</dir>"
    '<match target="pattern"><edit name="family" mode="prepend" binding="strong">'
    "<string>Liberation Serif</string></edit></match></fontconfig>"
)
"""Whoever wrote this wants one font for everything."""


def built(folder: Path, fonts: str, environment: dict[str, str]) -> dict[str, bytes]:
    """Every file of an export in a process of its own, by its path."""
    manuscript(folder, PAPER, {"cat.png": picture()})
    (folder / "fonts.conf").write_text(fonts)
    command = [sys.executable, "-m", "paperbuild", "export", "paper.md", "--to", FORMATS]
    keep = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    given = {"HOME": str(folder), "FONTCONFIG_FILE": str(folder / "fonts.conf"), **keep, **environment}
    subprocess.run(command, cwd=folder, env=given, capture_output=True, timeout=120, check=True)
    files = (path for path in (folder / "dist").rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.slow
def test_two_users_on_two_machines_make_the_same_files(tmp_path):
    here = built(tmp_path / "here", BARE, {"LANG": "C", "TZ": "UTC", "PYTHONHASHSEED": "1", "USER": "ana"})
    there = built(
        tmp_path / "far" / "away",
        OWN,
        {"LC_ALL": "C.UTF-8", "LANG": "ja_JP.UTF-8", "LANGUAGE": "ja:zh", "TZ": "Asia/Tokyo"}
        | {"PYTHONHASHSEED": "99", "USER": "bo", "PANGO_LANGUAGE": "ja"},
    )
    assert {Path(name).suffix for name in here} >= {".pdf", ".docx", ".html", ".json"}
    assert sorted(here) == sorted(there)
    assert [name for name in here if here[name] != there[name]] == []
