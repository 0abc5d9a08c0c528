"""What is too wide for a column stands across all of them, with the headings over it."""

from __future__ import annotations

import pytest
from tests.helpers import parsed

from paperbuild import layouts
from paperbuild.dress import tables, wide
from paperbuild.pandoc import ast

HEADS = " | ".join(f"a column of some width {number}" for number in range(4))
WIDE = f"| {HEADS} |\n|---|---|---|---|\n| 1 | 2 | 3 | 4 |\n"
NARROW = "| a | b |\n|---|---|\n| 1 | 2 |\n"


def spread(folder, text, layout="two-column"):
    return wide.spread(parsed(folder, text).blocks, layouts.load(layout, folder))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"Text.\n\n# One\n\n## Two\n\n{WIDE}", ["Para", ["Header", "Header", "Table"]]),
        (f"# One\n\nText.\n\n{WIDE}", ["Header", "Para", ["Table"]]),
        (f"# One\n\n{WIDE}\n\n{WIDE}", [["Header", "Table"], ["Table"]]),
        (f"# One\n\n{NARROW}", ["Header", "Table"]),
    ],
)
def test_headings_stand_with_what_is_wide(tmp_path, text, kinds):
    shown = spread(tmp_path, text)
    found = [[one["t"] for one in block["c"][1]] if block["t"] == "Div" else block["t"] for block in shown]
    assert found == kinds
    assert all(ast.classes(block) == ["wide"] for block in shown if block["t"] == "Div")


def test_one_column_has_room_for_all(tmp_path):
    assert [block["t"] for block in spread(tmp_path, f"# One\n\n{WIDE}", "article")] == ["Header", "Table"]


SPANNED = """
+---+-------+---+
| a | b         |
|   +-------+---+
|   | c     | d |
+===+=======+===+
| 1 | 2     | 3 |
+---+-------+---+
"""


def test_a_head_over_several_columns_is_centred(tmp_path):
    (table,) = tables.known(parsed(tmp_path, SPANNED).blocks)
    aligned = [(ast.plain(cell[4]), cell[1]["t"]) for cell in ast.cells(table)]
    assert [name for name, align in aligned if align == "AlignCenter"] == ["b"]
