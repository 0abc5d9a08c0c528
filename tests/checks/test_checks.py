"""Each check finds the one thing that was done to a file, and is content with a whole one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from paperbuild.checks import CHECKS
from paperbuild.model import ITEM_KINDS, Inventory, Item, Mark
from paperbuild.verify import compare

WHOLE = Inventory(
    items=(
        Item("section", "One", level=1, where="paper.md:3"),
        Item("paragraph", "The first paragraph says so (Kelsen 1957).", where="paper.md:5"),
        Item("citation", "Kelsen 1957", target="#ref-kelsen", section="One"),
        Item("note", "A note of some length.", where="paper.md:7"),
        Item("equation", "", target="E = mc^2"),
        Item("equation", "", target="a^2"),
        Item("table", "Table 1: Numbers", rows=(("a", "b"), ("1", "2"), ("3", "4")), where="paper.md:9"),
        Item("figure", "Figure 1: A cat", target="A cat that sleeps"),
        Item("section", "Two", level=2),
        Item("code", "def f(x):\n    return x"),
        Item("link", "there", target="https://example.org/x"),
        Item("paragraph", "The last paragraph, which is there."),
        Item("reference", "Kelsen, Hans. Reine Rechtslehre. 1957.", target="ref-kelsen"),
    ),
    anchors={"ref-kelsen": "Kelsen, Hans. Reine Rechtslehre."},
    title="A Title",
    lang="en",
)


def without(kind: str, number: int = 0) -> Inventory:
    gone = WHOLE.of(kind)[number]
    return replace(WHOLE, items=tuple(item for item in WHOLE.items if item is not gone))


def with_changed(kind: str, number: int = 0, **changes: object) -> Inventory:
    old = WHOLE.of(kind)[number]
    items = tuple(replace(item, **changes) if item is old else item for item in WHOLE.items)  # type: ignore[arg-type]
    return replace(WHOLE, items=items)


def found(observed, promised=WHOLE):
    _, findings = compare("pdf", promised, observed)
    return [(finding.check, finding.message) for finding in findings if finding.severity == "error"]


@pytest.mark.parametrize("loose", [False, True])
def test_a_whole_file_is_fine(loose):
    comparisons, findings = compare("pdf", WHOLE, replace(WHOLE, loose=loose))
    assert findings == ()
    assert [(line.kind, line.promised) for line in comparisons] == [
        (kind, WHOLE.count(kind)) for kind in ITEM_KINDS
    ]
    assert all(line.promised == line.found for line in comparisons)


@pytest.mark.parametrize("loose", [False, True])
@pytest.mark.parametrize(
    ("observed", "check", "said"),
    [
        (without("section", 1), "sections", "«Two» is lost"),
        (with_changed("section", level=3), "sections", "level 3 instead of 1"),
        (with_changed("section", text="Won"), "sections", "«One» "),
        (without("paragraph"), "paragraphs", "«The first paragraph"),
        (with_changed("paragraph", text="The first paragraph says so (Kelsen 1958)."), "paragraphs", "1958"),
        (without("citation"), "citations", "#ref-kelsen"),
        (with_changed("citation", target="#ref-adams"), "citations", "#ref-kelsen"),
        (without("note"), "notes", "«A note of some length.» is lost"),
        (with_changed("note", text="A note of same length."), "notes", "has changed"),
        (without("equation"), "equations", "«E = mc^2» is lost"),
        (with_changed("equation", 1, target="a^3"), "equations", "«a^2» is lost"),
        (with_changed("table", rows=(("a", "b"), ("1", "2"))), "tables", "1 of 3 rows («3 | 4» lost)"),
        (
            with_changed("table", rows=(("a", "b"), ("1", "2"), ("3", "5"))),
            "tables",
            "1 of 3 rows («4» became «5»)",
        ),
        (with_changed("table", text=""), "tables", "its caption «Table 1: Numbers» is lost"),
        (without("table"), "tables", "«Table 1: Numbers» is lost, with its 3 rows"),
        (without("figure"), "figures", "the figure «Figure 1: A cat» is lost"),
        (with_changed("figure", target=""), "figures", "alternative text"),
        (with_changed("figure", text="Figure 1"), "figures", "caption"),
        (without("code"), "code", "«def f(x): return x» is lost"),
        (without("link"), "links", "«there» to https://example.org/x"),
        (with_changed("link", target="https://example.org/y"), "links", "https://example.org/x"),
        (without("reference"), "references", "is lost"),
        (with_changed("reference", text="Kelsen, Hans. Reine Rechtslehre. 1975."), "references", "1975"),
        (replace(WHOLE, anchors={}), "references", "lost its anchor ref-kelsen"),
        (replace(WHOLE, title="Another"), "metadata", "«Another» instead of «A Title»"),
        (replace(WHOLE, lang="de"), "metadata", "«de» instead of «en»"),
    ],
)
def test_one_thing_done_to_it_is_one_error(observed, check, said, loose):
    ((named, message),) = found(replace(observed, loose=loose))
    assert named == check
    assert said in message


def test_an_error_says_where_and_in_which_format():
    _, (finding,) = compare("docx", WHOLE, without("paragraph"))
    assert (finding.format, finding.where) == ("docx", "paper.md:5")


@pytest.mark.parametrize("loose", [False, True])
def test_spaces_in_code_count(loose):
    closed_up = with_changed("code", text="def f(x):\nreturn x")
    assert [check for check, _ in found(replace(closed_up, loose=loose))] == ["code"]


def test_a_line_of_code_that_was_too_long_for_a_page_is_compared_without_its_spaces():
    wrapped = with_changed("code", text="def\nf(x):\n    return x")
    assert found(replace(wrapped, loose=True)) == []


def test_paragraphs_out_of_order_are_told():
    items = list(WHOLE.items)
    first, last = (items.index(item) for item in WHOLE.of("paragraph"))
    items[first], items[last] = items[last], items[first]
    told = found(replace(WHOLE, items=tuple(items)))
    assert {check for check, _ in told} == {"paragraphs"}
    assert all("not in its place" in message for _, message in told)


@pytest.mark.parametrize("kind", list(ITEM_KINDS))
def test_what_is_there_twice_is_an_error_of_its_check(kind):
    again = WHOLE.of(kind)[-1]
    ((_, message),) = found(replace(WHOLE, items=(*WHOLE.items, again)))
    assert " ".join((again.text or again.target).split())[:20] in message


def test_a_paragraph_that_the_manuscript_has_not_is_a_warning_and_a_name_of_the_title_block_nothing():
    added = replace(WHOLE, items=(Item("paragraph", "Well done! See me after class."), *WHOLE.items))
    _, (finding,) = compare("docx", WHOLE, added)
    assert (finding.severity, finding.check) == ("warning", "paragraphs")
    promised = replace(WHOLE, besides=("Ana Silva", "Lisbon"))
    named = replace(WHOLE, items=(Item("paragraph", "Ana Silva1, 2 (Lisbon)"), *WHOLE.items))
    assert compare("docx", promised, named)[1] == ()
    renamed = replace(WHOLE, items=(Item("paragraph", "Ana Silwa"), *WHOLE.items))
    assert "Ana Silwa" in found(renamed, promised)[0][1]


@pytest.mark.parametrize(("letters", "checks"), [(80, ["paragraphs"]), (20, [])])
def test_a_part_of_a_paragraph_that_stands_there_again_is_an_error_if_it_is_long_enough(letters, checks):
    text = "Law is a system of norms, and whoever says so has said little of what they ask, and of whom."
    promised = replace(WHOLE, items=(Item("paragraph", text), *WHOLE.items))
    part = Item("paragraph", text[:letters])
    observed = replace(WHOLE, items=(part, Item("paragraph", text), *WHOLE.items))
    assert [check for check, _ in found(observed, promised)] == checks


def test_what_the_reader_met_is_passed_on():
    broken = replace(WHOLE, findings=compare("pdf", WHOLE, without("note"))[1])
    assert [check for check, _ in found(broken)] == ["notes"]


@pytest.mark.parametrize("kind", ["section", "paragraph", "reference", "note"])
def test_a_script_that_a_pdf_garbles_is_a_remark_where_it_changed_and_an_error_where_it_is_lost(kind):
    hindi = "किताब खुली है, लेकिन पन्ना अभी खाली है।"
    promised = Inventory((Item(kind, hindi),))
    changed = Inventory((Item(kind, hindi.replace("ख", "")),), loose=True)
    _, findings = compare("pdf", promised, changed)
    assert {finding.severity for finding in findings} == {"info"}
    assert any("not each letter" in finding.message for finding in findings)
    assert found(Inventory((), loose=True), promised) != []


def test_a_paragraph_in_the_reference_list_is_a_reference_too_many():
    added = replace(WHOLE, items=(*WHOLE.items, Item("paragraph", "Invented, I. (2020). A Thing.")))
    ((check, message),) = found(added)
    assert (check, "Invented" in message, "not in the manuscript" in message) == ("references", True, True)


def test_a_link_that_a_page_break_made_two_is_one():
    promised = Inventory((Item("link", "the whole of it", target="https://example.org"),))
    parts = [Item("link", text, target="https://example.org") for text in ("the whole", "of it")]
    assert found(Inventory(tuple(parts), loose=True), promised) == []
    assert found(Inventory(tuple(parts)), promised) != []


def test_every_kind_of_item_has_a_check():
    assert set(ITEM_KINDS) <= set(CHECKS)


def test_latin_text_in_a_pdf_from_right_to_left_may_have_its_signs_at_the_other_end():
    promised = Inventory((Item("reference", "Eco, Umberto. 2015.", target="ref-eco"),))
    turned = Item("paragraph", ".Eco, Umberto. 2015")
    for around, expected in (("שלום", []), ("Text", ["references"])):
        observed = Inventory((Item("paragraph", around), turned), {"ref-eco": ""}, loose=True)
        assert [check for check, _ in found(observed, promised)] == expected


def test_what_stands_in_notes_has_an_order_of_its_own():
    def one(target, *, in_note=False):
        return Item("citation", "x", target=target, in_note=in_note)

    promised = Inventory((one("#a"), one("#b", in_note=True), one("#c")))
    assert found(Inventory((one("#a"), one("#c"), one("#b", in_note=True)), loose=True), promised) == []
    assert len(found(Inventory((one("#c"), one("#a"), one("#b", in_note=True)), loose=True), promised)) == 1


# -- notes and their marks -------------------------------------------------------------------------------

NOTED = Inventory(
    (
        Item("paragraph", "A claim that stands. Another that falls."),
        Item("mark", "A claim that stands.", target="fn-1"),
        Item("note", "The note to the one.", target="fn-1"),
        Item("mark", "A claim that stands. Another that falls.", target="fn-2"),
        Item("note", "The note to the other.", target="fn-2"),
    )
)


def marked(*order, **changes):
    items = [NOTED.items[number] for number in order]
    return replace(
        NOTED,
        items=tuple(
            replace(item, **changes) if number == 1 else item
            for number, item in zip(order, items, strict=True)
        ),
    )


@pytest.mark.parametrize(
    ("observed", "said"),
    [
        (marked(0, 1, 2, 3, 4), None),
        (marked(0, 1, 3, 2, 4), None),  # the notes at the end
        (marked(0, 2, 3, 4), "the mark of the note «The note to the one.» is lost"),
        (marked(0, 1, 1, 2, 3, 4), "the mark of the note «The note to the one.» stands twice"),
        (
            marked(0, 1, 2, 3, 4, text="A claim"),
            "stands after «A claim» instead of after «A claim that stands.»",
        ),
        (marked(0, 1, 2, 3, 4, text="stands."), None),  # the beginning is on the page before
        (marked(0, 1, 2, 3), "the note «The note to the other.» is lost"),
    ],
)
def test_a_note_has_its_mark_where_it_was(observed, said):
    promised = replace(NOTED, items=tuple(replace(i, target="") for i in NOTED.items))
    messages = [message for _, message in found(observed, promised)]
    assert len(messages) == (said is not None)
    assert said is None or said in messages[0]


def test_marks_that_lead_to_each_others_notes_are_told():
    items = list(NOTED.items)
    items[1], items[3] = replace(items[1], target="fn-2"), replace(items[3], target="fn-1")
    messages = [message for _, message in found(replace(NOTED, items=tuple(items)), NOTED)]
    assert any("the mark of the note" in message for message in messages)


# -- the rest ----------------------------------------------------------------------------------------------


def linked(**anchors):
    return Inventory(
        (Item("link", "there", target="#methods"), Item("section", "Methods"), Item("paragraph", "So.")),
        anchors,
    )


@pytest.mark.parametrize(
    ("observed", "said"),
    [
        (linked(methods="Methods So."), None),
        (linked(methods=""), None),
        (linked(), "the anchor methods is lost"),
        (linked(methods="Results are there"), "the anchor methods does not stand at «Methods»"),
    ],
)
def test_an_anchor_that_is_used_stands_where_it_stood(observed, said):
    messages = [message for _, message in found(observed, linked(methods="Methods"))]
    assert len(messages) == (said is not None)
    assert said is None or said in messages[0]


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ([Mark("One", 1, page="1", real="1"), Mark("Two", 2)], None),
        ([Mark("One", 1, page="2", real="1"), Mark("Two", 2)], "says page 2, its section is on page 1"),
        ([Mark("One", 1)], "«Two» of the outline is lost"),
        ([Mark("One", 1), Mark("Two", 1)], "level 1 instead of 2"),
        ([Mark("Two", 2), Mark("One", 1)], "is not in its place"),
        ([Mark("One", 1), Mark("Two", 2), Mark("Six", 2)], "«Six» of the outline was not promised"),
    ],
)
def test_the_outline_has_an_entry_for_each_section(there, said):
    promised = Inventory((), outline=(Mark("One", 1), Mark("Two", 2)))
    messages = [message for _, message in found(Inventory((), outline=tuple(there), loose=True), promised)]
    assert len(messages) == (said is not None)
    assert said is None or said in messages[0]


def test_a_section_below_one_two_levels_higher_is_directly_below_it_in_an_outline():
    promised = Inventory((), outline=(Mark("One", 1), Mark("Deep", 3), Mark("Two", 1)))
    there = (Mark("One", 1), Mark("Deep", 2), Mark("Two", 1))
    assert found(Inventory((), outline=there, loose=True), promised) == []


def test_a_contents_list_is_compared_where_one_is_promised():
    promised = Inventory((), contents=(Mark("One", 1, "one"),))
    assert found(Inventory(()), promised) == [("contents", "the entry «One» of the contents list is lost")]
    assert found(Inventory((), contents=(Mark("One", target="one"),)), promised) == []
    assert "leads to two" in found(Inventory((), contents=(Mark("One", target="two"),)), promised)[0][1]


@pytest.mark.parametrize(
    "left", ["see ?? for", "see \\ref{fig:x} for", "[@key] said", "<td>x", "Error! Bookmark not defined"]
)
def test_mark_up_that_a_reader_meets_is_told_unless_it_was_promised(left):
    observed = Inventory((Item("paragraph", left),))
    assert "leftovers" in [
        check for check, _ in found(observed, Inventory((Item("paragraph", "see 1 for"),)))
    ]
    assert found(observed, observed) == []


def test_spans_and_head_rows_of_a_table_count():
    table = Item("table", "", rows=(("a",), ("b", "c")), spans=(((2, 1),), ((1, 1), (1, 1))), heads=1)
    promised = Inventory((table,))
    unmerged = Inventory((replace(table, spans=(((1, 1),), ((1, 1), (1, 1)))),))
    assert "spans 1 column and 1 row instead of 2 columns and 1 row" in found(unmerged, promised)[0][1]
    assert (
        "0 of its rows are head rows instead of 1"
        in found(Inventory((replace(table, heads=0),)), promised)[0][1]
    )
    assert found(Inventory((replace(table, spans=()),)), promised) == []


def test_a_picture_is_the_one_that_was_promised_and_can_be_seen():
    figure = Item("figure", "A cat", target="asleep", picture="abc")
    promised = Inventory((figure,))
    assert found(Inventory((replace(figure, picture=""),)), promised) == []
    assert "another picture" in found(Inventory((replace(figure, picture="xyz"),)), promised)[0][1]
    assert "nothing can be seen" in found(Inventory((replace(figure, picture="blank"),)), promised)[0][1]


def test_a_loss_shows_what_was_promised_beside_what_stands_there():
    changed = with_changed("paragraph", text="The first paragraph says so (Kelsen 1958).")
    _, (finding,) = compare("docx", WHOLE, changed)
    assert finding.evidence
    assert (finding.evidence.promised[-6:], finding.evidence.found[-6:]) == ("1957).", "1958).")
    assert (finding.evidence.before, finding.stage) == ("One", "write")


def test_what_could_not_be_compared_in_order_is_said():
    promised = Inventory((Item("paragraph", "שלום עולם"), Item("paragraph", "Text")))
    _, (finding,) = compare("pdf", promised, replace(promised, loose=True))
    assert (finding.severity, "1 of 2 texts" in finding.message) == ("info", True)
    assert compare("docx", promised, promised)[1] == ()
