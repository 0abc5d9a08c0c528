"""“Figure 1” within a sentence, as the layout spells it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.helpers import exported, picture, resolved, texts

from paperbuild import layouts
from paperbuild.dress import mentions

MLA, CHICAGO, APA = "mla9", "chicago", "apa7"
PICTURES = {"a.png": picture(), "b.png": picture()}
FIGURES = "\n\n![One](a.png){#fig:a}\n\n![Two](b.png){#fig:b}\n\n| a |\n|---|\n| b |\n\n: Three {#tbl:c}\n"
WITHIN = {
    "It is in @fig:a.": {MLA: "It is in figure 1.", CHICAGO: "It is in figure 1.", APA: "It is in Figure 1."},
    "It grows (@fig:a).": {
        MLA: "It grows (fig. 1).", CHICAGO: "It grows (figure 1).", APA: "It grows (Figure 1).",
    },
    "It grows (see @fig:a; @tbl:c).": {
        MLA: "It grows (see fig. 1; table 1).", CHICAGO: "It grows (see figure 1; table 1).",
    },
    "It (b) grows in [@fig:a; @fig:b].": {MLA: "It (b) grows in figures 1 and 2."},
    "It grows ([@fig:a; @fig:b]).": {
        MLA: "It grows (figs. 1 and 2).", CHICAGO: "It grows (figures 1 and 2).",
    },
    "@fig:a grows. @tbl:c shrinks.": {MLA: "Figure 1 grows. Table 1 shrinks."},
    "It grew. (@fig:a has it.)": {MLA: "It grew. (Figure 1 has it.)"},
    "“Does it?” *@fig:a* has it.": {MLA: "“Does it?” Figure 1 has it."},
    "It grew, cf. @fig:a, *and* **see @tbl:c**.": {MLA: "It grew, cf. figure 1, and see table 1."},
    "Figure @fig:a and Fig. @fig:b are named.": {MLA: "Figure 1 and Fig. 2 are named."},
    "It is in [figure %s](#fig:a), [Figure One](#fig:a).": {MLA: "It is in figure 1, Figure One."},
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "layout", "wanted"),
    [(text, layout, wanted) for text, by in WITHIN.items() for layout, wanted in by.items()],
)
def test_a_reference_is_spelled_as_the_layout_has_it(tmp_path, text, layout, wanted):
    document = resolved(tmp_path, f"---\nlang: en\n---\n\n{text}{FIGURES}", files=PICTURES)
    shown = mentions.spelled(document.blocks, layouts.load(layout, Path()), "en")
    assert texts(replace(document, blocks=tuple(shown)))[0].replace("\u00a0", " ") == wanted


def test_a_note_is_a_text_of_its_own(tmp_path):
    text = "It grew (slowly^[@fig:a shows (@fig:b) it.] and @fig:a)."
    document = resolved(tmp_path, f"---\nlang: en\n---\n\n{text}{FIGURES}", files=PICTURES)
    shown = str(mentions.spelled(document.blocks, layouts.load(MLA, Path()), "en"))
    assert [shown.count(word) for word in ("'Figure\\xa01'", "'fig.\\xa02'", "'fig.\\xa01'")] == [1, 1, 1]


def test_other_languages_keep_their_capitals(tmp_path):
    document = resolved(tmp_path, f"---\nlang: de\n---\n\nEs steht in @fig:a.{FIGURES}", files=PICTURES)
    assert mentions.spelled(document.blocks, layouts.load(MLA, Path()), "de") == list(document.blocks)


def test_both_formats_say_the_same(tmp_path):
    front = "---\ntitle: On figures\nlang: en\npaperbuild:\n  layout: mla9\n---\n\n"
    result = exported(tmp_path, f"{front}It grows (@fig:a).{FIGURES}", ["pdf", "docx"], files=PICTURES)
    assert result.report.ok
