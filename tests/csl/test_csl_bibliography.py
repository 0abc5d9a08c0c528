"""Entries of the list: what stands in the margin, repeated authors, blocks, and the look of the whole."""

from __future__ import annotations

from typing import Any

import pytest
from tests.csl.styles import TITLE, YEAR, cited, listed, people, style, titled, work

NUMBER = '<text variable="citation-number" prefix="[" suffix="]"/>'
NAMES = '<names variable="author"><name form="short" and="text"/></names>'


# Margin


@pytest.mark.parametrize("align", ["flush", "margin"])
def test_the_first_field_stands_apart(align):
    xml = style(
        entry=f'{NUMBER}<text variable="title" prefix=" " font-style="italic"/>',
        entry_options=f'second-field-align="{align}"',
        entry_layout='suffix="."',
    )
    assert [entry.strip() for entry in listed(xml, titled("A", "B"))] == [
        f'<div class="csl-left-margin">[{number}]</div><div class="csl-right-inline"> <i>{title}</i>.</div>'
        for number, title in ((1, "A"), (2, "B"))
    ]


def test_without_alignment_all_is_one_line():
    xml = style(entry=f"{NUMBER}{TITLE}", entry_layout='suffix="."')
    assert listed(xml, titled("A")) == ["[1]A."]


# Display


def test_blocks():
    xml = style(
        entry=(
            '<group display="block"><names variable="author"/></group>'
            '<text variable="title" display="left-margin"/>'
            '<text variable="publisher" display="right-inline"/>'
            '<text variable="note" display="indent"/>'
        )
    )
    (entry,) = listed(xml, {"a": work("Ash, Ann", title="T", publisher="P", note="N")})
    blocks = [("block", "Ann Ash"), ("left-margin", "T"), ("right-inline", "P"), ("indent", "N")]
    assert "".join(entry.split("\n")).replace("  ", "") == "".join(
        f'<div class="csl-{name}">{text}</div>' for name, text in blocks
    )


def test_the_stop_of_the_layout_goes_into_the_last_block():
    xml = style(entry=f'{TITLE}<text variable="note" display="block"/>', entry_layout='suffix="."')
    (entry,) = listed(xml, {"a": work(title="T", note="N")})
    assert entry.split() == ["T", "<div", 'class="csl-block">N.</div>']


# Layout


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ('suffix="."', "One, Two."),
        ('prefix="&lt;" suffix="&gt;"', "&#60;One, Two&#62;"),
        ('font-style="italic" suffix="."', "<i>One, Two.</i>"),
        ('font-weight="bold"', "<b>One, Two</b>"),
    ],
)
def test_the_look_of_an_entry(layout, expected):
    group = f'<group delimiter=", ">{TITLE}<text variable="publisher"/></group>'
    works = {"a": work(title="One", publisher="Two")}
    assert listed(style(entry=group, entry_layout=layout), works) == [expected]


@pytest.mark.parametrize("end", [".", "!", "?"])
def test_a_title_that_ends_a_sentence_has_no_second_stop(end):
    xml = style(entry=TITLE, entry_layout='suffix="."')
    assert listed(xml, {"a": work(title=f"So what{end}")}) == [f"So what{end}"]


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ('prefix="(" suffix=")" delimiter="; "', "(A; B)"),
        ('vertical-align="sup" delimiter=","', "<sup>A,B</sup>"),
        ('prefix="[" suffix="]" font-weight="bold" delimiter=", "', "<b>[A, B]</b>"),
        ("", "AB"),
    ],
)
def test_the_look_of_a_citation(layout, expected):
    assert cited(style(cite_layout=layout), titled("A", "B"), "A B") == [expected]


def test_a_work_of_which_nothing_is_printed_has_no_entry():
    works = {"a": work(title="A"), "b": work()}
    assert listed(style(entry=TITLE, entry_layout='suffix="."'), works) == ["A."]


def test_without_a_bibliography_there_are_no_entries():
    assert listed(style(), titled("A")) == []


# Repeated authors


REPEATED = {
    "1": work(people("Ash, A", "Elm, E"), title="1"),
    "2": work(people("Ash, A", "Elm, E"), title="2"),
    "3": work(people("Ash, A", "Elm, E", "Fir, F"), title="3"),
    "4": work(people("Ash, A", "Oak, O"), title="4"),
    "5": work(people("Yew, Y"), title="5"),
}


def repeating(mark: str, rule: str = "", names: str = NAMES) -> str:
    how = f'subsequent-author-substitute-rule="{rule}"' if rule else ""
    return style(
        entry=f'<group delimiter=" ">{names}{TITLE}</group>',
        entry_options=f'subsequent-author-substitute="{mark}" {how}',
    )


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("", ["Ash and Elm 1", "— 2", "Ash, Elm, and Fir 3", "Ash and Oak 4", "Yew 5"]),
        ("complete-all", ["Ash and Elm 1", "— 2", "Ash, Elm, and Fir 3", "Ash and Oak 4", "Yew 5"]),
        ("complete-each", ["Ash and Elm 1", "— and — 2", "Ash, Elm, and Fir 3", "Ash and Oak 4", "Yew 5"]),
        ("partial-each", ["Ash and Elm 1", "— and — 2", "—, —, and Fir 3", "— and Oak 4", "Yew 5"]),
        ("partial-first", ["Ash and Elm 1", "— and Elm 2", "—, Elm, and Fir 3", "— and Oak 4", "Yew 5"]),
    ],
)
def test_repeated_authors(rule, expected):
    assert listed(repeating("—", rule), REPEATED) == expected


def test_a_mark_for_nothing():
    assert listed(repeating(""), {key: REPEATED[key] for key in "12"}) == ["Ash and Elm 1", "2"]


def test_only_the_entry_before_counts():
    works = {key: REPEATED[key] for key in "152"}
    assert listed(repeating("—"), works) == ["Ash and Elm 1", "Yew 5", "Ash and Elm 2"]


def test_authors_may_repeat_more_than_once():
    works = {key: work("Ash, A", title=key) for key in "123"}
    assert listed(repeating("---"), works) == ["Ash 1", "--- 2", "--- 3"]


def test_the_label_of_repeated_names_stays():
    names = '<names variable="editor"><name form="short"/><label form="short" prefix=", "/></names>'
    works: dict[str, Any] = {
        key: {"type": "book", "title": key, "editor": people("Ash, A")} for key in ("1", "2")
    }
    assert listed(repeating("—", names=names), works) == ["Ash, ed. 1", "—, ed. 2"]


def test_only_the_first_names_of_an_entry_are_replaced():
    names = f'{NAMES}<names variable="editor"><name form="short"/></names>'
    works = {key: work("Ash, A", title=key, editor=people("Elm, E")) for key in "12"}
    assert listed(repeating("—", names=names), works) == ["Ash Elm 1", "— Elm 2"]


def test_names_that_stand_in_repeat_too():
    names = (
        '<names variable="author"><name form="short"/>'
        '<substitute><names variable="editor"/></substitute></names>'
    )
    works: dict[str, Any] = {
        "1": work("Ash, A", title="1"),
        "2": {"type": "book", "title": "2", "editor": people("Ash, A")},
    }
    assert listed(repeating("—", names=names), works) == ["Ash 1", "— 2"]


def test_citations_name_authors_again_and_again():
    xml = style(f"{NAMES}{YEAR}", f"{NAMES}{YEAR}", entry_options='subsequent-author-substitute="—"')
    works = {"1": work("Ash, A", 2000), "2": work("Ash, A", 2001)}
    assert cited(xml, works) == ["Ash2000", "Ash2001"]
    assert listed(xml, works) == ["Ash2000", "—2001"]
