"""The text of citations: markup in fields, text case, the seams between pieces, and the two back ends."""

import time
from typing import Any

import pytest

from paperbuild.csl.text.case import change, strip_periods
from paperbuild.csl.text.html import render
from paperbuild.csl.text.markup import parse
from paperbuild.csl.text.pandoc import inlines
from paperbuild.csl.text.seams import CLOSE, ENGLISH, Mark, QuoteMarks, finish
from paperbuild.csl.text.tree import Child, Format, Rich, plain
from paperbuild.pandoc import ast

FRENCH = QuoteMarks(("«\u202f", "\u202f»"), ("“", "”"))
SWEDISH = QuoteMarks(("”", "”"), ("’", "’"))
GERMAN = QuoteMarks(("„", "“"), ("‚", "‘"))


def field(value: str, **look: Any) -> Rich:
    """A text element that prints a field."""
    return Rich(parse(value), Format(**look))


def group(*children: Child, **look: Any) -> Rich:
    return Rich(children, Format(**look))


def characters(child: Child, quotes: QuoteMarks = ENGLISH, inside: bool = True) -> str:
    return "".join(piece for piece in finish(child, quotes, inside) if isinstance(piece, str))


# markup


def test_a_field_without_markup_comes_back_as_it_is():
    value = "Birds of the marshes, vol. 2"
    assert parse(value)[0] is value
    assert parse("") == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("the <i>Salix alba</i> tree", "the <i>Salix alba</i> tree"),
        ("CO<sub>2</sub> and m<sup>2</sup>", "CO<sub>2</sub> and m<sup>2</sup>"),
        ("<sc>Ad</sc> 30", '<span style="font-variant:small-caps;">Ad</span> 30'),
        (
            "<span style='font-variant: small-caps'>x</span>",
            '<span style="font-variant:small-caps;">x</span>',
        ),
        ("<span class='nocase'>pH</span> values", "pH values"),
        ("<b>a <i>b</i></b>", "<b>a <i>b</i></b>"),
        ("", ""),
        ("<i></i>", ""),
    ],
)
def test_tags(value, expected):
    assert render(field(value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("an open <i>tag", "an open &#60;i&#62;tag"),
        ("a closed</b> one", "a closed&#60;/b&#62; one"),
        ("<i>crossed <b>tags</i></b>", "<i>crossed &#60;b&#62;tags</i>&#60;/b&#62;"),
        ("<span id=x>y</span>", "&#60;span id=x&#62;y&#60;/span&#62;"),
        ("a < b & c", "a &#60; b &#38; c"),
        ('an "open mark', 'an "open mark'),
        ('6" by 4"', '6" by 4"'),
    ],
)
def test_what_is_no_markup_stays_text(value, expected):
    assert render(field(value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('the "old" way', "the “old” way"),
        ("the 'old' way", "the “old” way"),
        ("\"all 'old' things\"", "“all ‘old’ things”"),
        ("(\"x\") and ['y']", "(“x”) and [‘y’]"),
        ("he said ‘no’", "he said ‘no’"),
        ("Nature's and the birds' rights", "Nature’s and the birds’ rights"),
        ("summer of '69", "summer of ’69"),
        ("'You're late': a study", "“You’re late”: a study"),
        ("<i>'x'</i>", "<i>“x”</i>"),
        ("d’Alembert ‘l’esprit’", "d’Alembert ‘l’esprit’"),
    ],
)
def test_quotation_marks_and_apostrophes_in_a_field(value, expected):
    assert render(field(value)) == expected


def test_marks_of_other_languages():
    def shown(value: str, quotes: QuoteMarks) -> str:
        return render(Rich(parse(value, quotes)), quotes, False)

    assert shown('le "mot" juste', FRENCH) == "le «\u202fmot\u202f» juste"
    assert shown("le « mot » juste", FRENCH) == "le «\u202fmot\u202f» juste"
    assert shown("das „Wort“", GERMAN) == "das „Wort“"
    assert render(Rich(parse("das „Wort“", GERMAN), Format(quotes=True)), GERMAN) == "„das ‚Wort‘“"
    assert shown("ett ”ord” här", SWEDISH) == "ett ”ord” här"
    assert render(Rich(parse("ett ”ord” här", SWEDISH), Format(quotes=True)), SWEDISH) == "”ett ’ord’ här”"
    assert characters(field("Pourquoi ?")) == "Pourquoi\u202f?"


@pytest.mark.parametrize(
    "value", ["<", "<<i>>", "</", "\"'\"'", "<i><i>'</i>\"</i>", "’‘”“", "<span >", "\ud800<i>"]
)
def test_no_field_is_an_error(value):
    tree = field(value, quotes=True)
    assert characters(tree)
    assert inlines(tree)
    assert change(tree, "title", "en")


# text case


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("the birds of the marsh", "The Birds of the Marsh"),
        ("what birds sing for", "What Birds Sing For"),
        ("birds: a history", "Birds: A History"),
        ("birds? the song", "Birds? The Song"),
        ("a DNA test with an iPad", "A DNA Test with an iPad"),
        ("well-being and by-products", "Well-Being and By-Products"),
        ("state-of-the-art forests", "State-of-the-Art Forests"),
        ("forests—the last stand", "Forests—the Last Stand"),
        ("songs because of wind", "Songs because of Wind"),
        ("according to birds", "According to Birds"),
        ("the α-helix and x", "The α-Helix and x"),
        ("don't walk", "Don’t Walk"),
        ('the "new" song', "The “New” Song"),
        ("the <i>salix alba</i> of <b>old</b>", "The Salix Alba of Old"),
        ("notes on <span class='nocase'>pH of soils</span> today", "Notes on pH of soils Today"),
        ("water (H<sub>2</sub>o) in", "Water (H2o) In"),
        ("<i>b</i>irds fly", "Birds Fly"),
        ("birds and\u00a0the sea", "Birds and\u00a0the Sea"),
        ("", ""),
    ],
)
def test_title_case(value, expected):
    assert characters(change(field(value), "title", "en-GB")) == expected


def test_title_case_is_for_english_only():
    tree = field("die vögel")
    assert change(tree, "title", "de-DE") is tree
    assert change(tree, "", "en") is tree


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("sentence", "The old trees of Oslo"),
        ("lowercase", "the old trees of Oslo"),
        ("uppercase", "THE OLD TREES OF Oslo"),
        ("capitalize-first", "The old Trees of Oslo"),
        ("capitalize-all", "The Old Trees Of Oslo"),
    ],
)
def test_other_cases(case, expected):
    tree = field("the old Trees of <span class='nocase'>Oslo</span>")
    assert characters(change(tree, case, "en")) == expected


def test_sentence_case_of_capitals():
    assert change("THE OLD TREES", "sentence", "en") == "The old trees"
    assert change("NASA", "sentence", "en") == "NASA"
    assert change("iPad trees", "capitalize-first", "en") == "iPad trees"


def test_turkish_letters():
    assert change("ilk ırmak", "uppercase", "tr") == "İLK IRMAK"
    assert change("Iğdır İzmir", "lowercase", "tr") == "ığdır izmir"
    assert change("ilk", "uppercase", "en") == "ILK"


def test_case_goes_across_nodes_and_inner_affixes():
    tree = group(group("ed", suffix=" by"), "the press", prefix="in ", delimiter=" and ")
    changed = change(tree, "uppercase", "en")
    assert plain(changed) == "in ED BY AND THE PRESS"
    assert plain(change(group("a bird", "of prey", delimiter=": "), "title", "en")) == "A Bird: Of Prey"


def test_strip_periods():
    tree = group(Rich(("eds.",), Format(suffix=".")), "U.S. ed. no.5 a.b")
    assert plain(strip_periods(tree)) == "eds.US ed no5 a.b"


# where pieces meet


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Why?", ". Next", "Why? Next"),
        ("Stop!", ". Next", "Stop! Next"),
        ("Etc.", ". Next", "Etc. Next"),
        ("Etc.", ", next", "Etc., next"),
        ("Etc.", ": next", "Etc.: next"),
        ("One,", ", two", "One, two"),
        ("One:", ". Two", "One: Two"),
        ("One;", "! Two", "One! Two"),
        ("Why?", "! Two", "Why?! Two"),
        ("Why?", ", two", "Why?, two"),
        ("One,", ". Two", "One,. Two"),
        ("One ", " two", "One two"),
        ("One\u00a0", " two", "One\u00a0two"),
        ("One", "two", "Onetwo"),
    ],
)
def test_punctuation_at_a_seam(before, after, expected):
    assert characters(group(before, group(after[1:], prefix=after[0]))) == expected
    assert characters(group(group(before, font_style="italic"), after)) == expected


def test_a_delimiter_meets_its_neighbours():
    tree = group("What now?", group("Vol.", font_style="italic"), "End", delimiter=". ", suffix=".")
    assert render(tree) == "What now? <i>Vol.</i> End."


def test_what_is_typed_in_a_field_stays():
    assert characters(field("a.. b,, c")) == "a.. b,, c"
    assert characters(field("wait <i>.</i>. so")) == "wait .. so"
    assert characters(field('the "end", they say')) == "the “end”, they say"


def test_punctuation_goes_into_quotation_marks_or_not():
    def shown(value: str, more: str, inside: bool) -> str:
        return characters(group(field(value, quotes=True), "next", delimiter=more), inside=inside)

    assert shown("Song", ", ", True) == "“Song,” next"
    assert shown("Song", ", ", False) == "“Song”, next"
    assert shown("Song", "; ", True) == "“Song”; next"
    assert shown("Song?", ". ", True) == "“Song?” next"
    assert shown("Song?", ". ", False) == "“Song?” next"
    assert shown("Song.", ". ", False) == "“Song.” next"
    assert shown("The 'Song'", ". ", True) == "“The ‘Song.’” next"
    assert shown("Song,", " ", False) == "“Song”, next"
    assert shown("Song,", " ", True) == "“Song,” next"


def test_punctuation_goes_into_quotation_marks_across_formats():
    title = group(field("Song", quotes=True, font_style="italic"))
    assert render(group(group(title), "next", delimiter=", ")) == "“<i>Song,</i>” next"
    marked = field("A <b>Song</b>", quotes=True)
    assert render(group(marked, group("next", prefix=". "))) == "“A <b>Song</b>.” next"
    colon = group(field("Song", quotes=True, suffix=":"), group("go", prefix="! "))
    assert characters(colon) == "“Song!” go"


def test_affixes_lie_outside_the_setting_but_those_of_a_layout_inside():
    assert render(field("x", font_style="italic", quotes=True, prefix="(", suffix=")")) == "(“<i>x</i>”)"
    layout = field("<b>x</b>", font_weight="bold", prefix="(", suffix=")", affixes_inside=True)
    assert render(layout) == '<b>(<span style="font-weight:normal;">x</span>)</b>'
    assert render(group("a", "b", delimiter="-", font_style="italic")) == "<i>a-b</i>"


def test_quotation_marks_take_turns():
    tree = field("one 'two \"three\" two' one", quotes=True)
    assert characters(tree) == "“one ‘two “three” two’ one”"
    assert characters(field("‘a’ b", quotes=True)) == "“‘a’ b”"


def test_markup_flips():
    assert render(field("a <i>b <i>c</i></i>", font_style="italic")) == (
        '<i>a <span style="font-style:normal;">b <i>c</i></span></i>'
    )
    upright = '<i>a <span style="font-style:normal;">v.</span> b</i>'
    assert render(field("a <span class='nodecor'>v.</span> b", font_style="italic")) == upright
    assert render(field("a", font_style="normal")) == "a"
    assert render(field("论语", font_style="italic")) == "论语"


def test_every_mark_is_closed_and_none_is_empty():
    tree = group(
        group(".", font_style="italic"), group(quotes=True), field("x", font_weight="bold"), prefix="a."
    )
    pieces = finish(tree)
    assert pieces == ["a.", Mark("font_weight", "bold"), "x", CLOSE]


def test_an_entry_is_finished_in_no_time():
    parts = [
        field(f'Part "{number}" of <i>it</i>', prefix=" ", suffix=".", font_style="italic")
        for number in range(10)
    ]
    tree = group(group(*parts, delimiter=", "), suffix=".")
    assert sum(isinstance(piece, str) for piece in finish(tree)) > 60
    best = min(_seconds(tree) for _ in range(5))
    assert best < 0.003  # ten times what it takes, for a busy machine


def _seconds(tree: Child) -> float:
    start = time.perf_counter()
    finish(tree)
    return time.perf_counter() - start


# back ends


def test_html_escapes_and_elements():
    assert render("a & b <c>  d") == "a &#38; b &#60;c&#62;\u00a0 d"
    assert render("x²") == "x<sup>2</sup>"
    assert render(field("x", text_decoration="underline", font_style="oblique")) == (
        '<span style="text-decoration:underline;"><em>x</em></span>'
    )
    assert (
        render(field("x", vertical_align="baseline", font_weight="light"))
        == '<span style="baseline">x</span>'
    )
    assert render(Rich(("x",), Format(suffix="."), "link", "https://a.example/")) == "x."


def test_display_blocks():
    tree = group(
        field("A", display="block"),
        field("1", display="left-margin", prefix="[", suffix="]"),
        field("B", display="right-inline", suffix=". "),
    )
    assert render(tree) == (
        '\n\n    <div class="csl-block">A</div>\n\n    <div class="csl-left-margin">[1]</div>'
        '<div class="csl-right-inline">B.</div>\n   '
    )
    spans = inlines(tree)
    assert [span["c"][0][1] for span in spans[:3]] == [
        ["csl-block"],
        ["csl-left-margin"],
        ["csl-right-inline"],
    ]
    assert ast.plain(spans) == "A[1]B. "


def test_pandoc_nests_what_runs_have_in_common():
    tree = field("an <b>old</b> song", font_style="italic", suffix=".")
    assert inlines(tree) == [
        {
            "t": "Emph",
            "c": [{"t": "Str", "c": "an"}, {"t": "Space"}],
        },
        {"t": "Strong", "c": [{"t": "Emph", "c": [{"t": "Str", "c": "old"}]}]},
        {"t": "Emph", "c": [{"t": "Space"}, {"t": "Str", "c": "song"}]},
        {"t": "Str", "c": "."},
    ]


def test_pandoc_closes_emphasis_for_upright_text():
    tree = field("a <i>b</i>", font_style="italic")
    assert inlines(tree) == [
        {"t": "Emph", "c": [{"t": "Str", "c": "a"}, {"t": "Space"}]},
        {"t": "Str", "c": "b"},
    ]


def test_pandoc_elements():
    address = Rich(("site",), Format(), "link", "https://a.example/")
    assert inlines(address) == [ast.link([{"t": "Str", "c": "site"}], "https://a.example/")]
    kinds = {"font_variant": "small-caps", "vertical_align": "sup", "text_decoration": "underline"}
    assert [inlines(field("x", **{name: value}))[0]["t"] for name, value in kinds.items()] == [
        "SmallCaps",
        "Superscript",
        "Underline",
    ]
    assert inlines(field("x y", quotes=True)) == ast.text("“x y”")


def test_both_back_ends_print_the_same_characters():
    tree = group(
        field('A "B" <i>c</i>', quotes=True), field("d?", font_style="italic"), delimiter=". ", suffix="."
    )
    assert ast.plain(inlines(tree)) == characters(tree) == "“A ‘B’ c.” d?"
