"""Titles of several lines are evened out; those of one line, and texts, are not."""

from __future__ import annotations

import pytest
from tests.helpers import export, manuscript
from tests.layouts.pages import Pages

from paperbuild.formats.pdf import balance, settle
from paperbuild.pipeline import Job

LONG = "Collective Security, Collective Defence and the Treaties that Confuse a Reader"
TEXT = "It is a text of several lines, the last of which is short, since texts are not titles. " * 3


def opened(folder, text, layout="article"):
    result = export(Job(manuscript(folder, text), formats=("pdf",), layout=layout, out=folder / "dist"))
    assert result.report.ok
    return Pages(result.data("pdf"))


def lines(pages, first, size):
    """The lines of this size from the one that begins so."""
    at = pages.lines.index(pages.find(first))
    found = []
    for line in pages.lines[at:]:
        if line.size != size:
            break
        found.append(line)
    return found


@pytest.mark.parametrize("end", ["Them", "Them All", "Their Readers"])
def test_no_word_of_a_title_stands_alone(tmp_path, end):
    subtitle = f"Collective Security, Collective Defence and the Treaties that Confuse {end}"
    pages = opened(tmp_path, f"---\ntitle: On titles\nsubtitle: {subtitle}\nlang: en\n---\n\n{TEXT}\n")
    found = lines(pages, "Collective", pages.find("Collective").size)
    widths = [line.end - line.x for line in found]
    assert " ".join(line.text for line in found) == subtitle
    assert len(found) == 2
    assert min(widths) > 0.7 * max(widths)
    assert all(line.off_centre < 2 for line in found)


def test_a_heading_is_evened_out_at_its_edge(tmp_path):
    heading = "What the Members of the Two Great Alliances Promised to Each Other, and to Whom They Did"
    pages = opened(tmp_path, f"---\ntitle: On titles\nlang: en\n---\n\n# {heading}\n\n{TEXT}\n", "two-column")
    found = lines(pages, "What the", pages.find("What the").size)
    widths = [line.end - line.x for line in found]
    assert len(found) > 1
    assert min(widths) > 0.4 * max(widths)
    assert {round(line.x) for line in found} == {round(found[0].x)}


def test_a_title_that_fits_and_a_text_stay_as_they_are(tmp_path):
    pages = opened(tmp_path, f"---\ntitle: On titles\nlang: en\n---\n\n# Short\n\n{TEXT}\n")
    assert lines(pages, "On titles", pages.lines[0].size)[0].off_centre < 2
    text = lines(pages, "It is", pages.find("It is").size)
    assert text[0].end - text[0].x > 0.95 * (text[1].end - text[1].x)


def test_a_note_at_a_title_keeps_its_width(tmp_path):
    note = "A note of some length, which says what it has to say. " * 4
    pages = opened(tmp_path, f"---\ntitle: {LONG}^[{note}]\nlang: en\n---\n\n{TEXT}\n")
    first = next(line for line in pages.lines if "A note of some" in line.text)
    assert first.end - first.x > 300


def test_a_long_paper_is_not_laid_out_for_each_try(tmp_path, monkeypatch):
    counts = []

    def noticed(root, render):
        def counted():
            pages = render()
            counts.append(len(pages.pages))
            return pages

        return balance.balanced(root, counted)

    monkeypatch.setattr(settle, "balanced", noticed)
    heading = "What the Members of the Two Great Alliances Promised to Each Other, and to Whom They Did"
    opened(tmp_path, f"---\ntitle: On titles\nlang: en\n---\n\n# {heading}\n\n{TEXT * 60}\n", "two-column")
    assert counts[0] == counts[-1] > 1
    assert set(counts[1:-1]) == {1}


def test_a_paragraph_below_an_equation_across_the_columns_begins_at_the_edge(tmp_path):
    wide = " + ".join(f"x_{{{number}}}" for number in range(25))
    text = (
        f"---\ntitle: On equations\nlang: en\n---\n\nSo it is.\n\n{TEXT}\n\n$$ {wide} $$\n\nWhere it ends.\n"
    )
    pages = opened(tmp_path, text, "two-column")
    assert pages.find("Where it ends").x == pytest.approx(pages.find("So it is").x, abs=0.5)
