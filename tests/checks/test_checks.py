"""Each check finds the one thing that was done to a file, and is content with a whole one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from paperbuild.checks import CHECKS
from paperbuild.model import ITEM_KINDS, Inventory, Item
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
    anchors=frozenset({"ref-kelsen"}),
    title="A Title",
    lang="en",
)
NOTHING = Inventory(())


def without(kind: str, number: int = 0) -> Inventory:
    gone = WHOLE.of(kind)[number]
    return replace(WHOLE, items=tuple(item for item in WHOLE.items if item is not gone))


def with_changed(kind: str, number: int = 0, **changes: object) -> Inventory:
    old = WHOLE.of(kind)[number]
    items = tuple(replace(item, **changes) if item is old else item for item in WHOLE.items)  # type: ignore[arg-type]
    return replace(WHOLE, items=items)


def found(observed, promised=WHOLE, withheld=NOTHING):
    _, findings = compare("pdf", promised, withheld, observed)
    return [(finding.check, finding.message) for finding in findings if finding.severity == "error"]


@pytest.mark.parametrize("loose", [False, True])
def test_a_whole_file_is_fine(loose):
    comparisons, findings = compare("pdf", WHOLE, NOTHING, replace(WHOLE, loose=loose))
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
        (with_changed("table", rows=(("a", "b"), ("1", "2"))), "tables", "1 of 3 rows (« 3 | 4»)"),
        (with_changed("table", rows=(("a", "b"), ("1", "2"), ("3", "5"))), "tables", "1 of 3 rows"),
        (with_changed("table", text=""), "tables", "its caption"),
        (without("table"), "tables", "its caption and 3 of 3 rows"),
        (without("figure"), "figures", "has lost its picture"),
        (with_changed("figure", target=""), "figures", "alternative text"),
        (with_changed("figure", text="Figure 1"), "figures", "caption"),
        (without("code"), "code", "«def f(x): return x» is lost"),
        (without("link"), "links", "«there» to https://example.org/x"),
        (with_changed("link", target="https://example.org/y"), "links", "https://example.org/x"),
        (without("reference"), "references", "is lost"),
        (with_changed("reference", text="Kelsen, Hans. Reine Rechtslehre. 1975."), "references", "1975"),
        (replace(WHOLE, anchors=frozenset()), "references", "lost its anchor ref-kelsen"),
        (replace(WHOLE, title="Another"), "metadata", "«Another» instead of «A Title»"),
        (replace(WHOLE, lang="de"), "metadata", "«de» instead of «en»"),
    ],
)
def test_one_thing_done_to_it_is_one_error(observed, check, said, loose):
    ((named, message),) = found(replace(observed, loose=loose))
    assert named == check
    assert said.replace("« ", "«") in message


def test_an_error_says_where_and_in_which_format():
    _, (finding,) = compare("docx", WHOLE, NOTHING, without("paragraph"))
    assert (finding.format, finding.where) == ("docx", "paper.md:5")


def test_spaces_in_code_count_where_the_format_keeps_them():
    closed_up = with_changed("code", text="def f(x):\nreturn x")
    assert [check for check, _ in found(closed_up)] == ["code"]
    assert found(replace(closed_up, loose=True)) == []


def test_paragraphs_out_of_order_are_told():
    items = list(WHOLE.items)
    first, last = (items.index(item) for item in WHOLE.of("paragraph"))
    items[first], items[last] = items[last], items[first]
    ((check, message),) = found(replace(WHOLE, items=tuple(items)))
    assert check == "paragraphs"
    assert "not in its place" in message


def test_a_table_or_citation_that_is_there_twice_is_no_error():
    assert found(replace(WHOLE, items=(*WHOLE.items, *WHOLE.of("table", "citation", "link")))) == []


def test_what_the_reader_met_is_passed_on():
    broken = replace(WHOLE, findings=compare("pdf", WHOLE, NOTHING, without("note"))[1])
    assert [check for check, _ in found(broken)] == ["notes"]


@pytest.mark.parametrize("kind", ["section", "paragraph", "reference", "note"])
def test_a_script_that_a_pdf_garbles_is_a_remark_where_it_changed_and_an_error_where_it_is_lost(kind):
    hindi = "किताब खुली है, लेकिन पन्ना अभी खाली है।"
    promised = Inventory((Item(kind, hindi),))
    changed = Inventory((Item(kind, hindi.replace("ख", "")),), loose=True)
    _, (finding,) = compare("pdf", promised, NOTHING, changed)
    assert finding.severity == "info"
    assert found(Inventory((), loose=True), promised) != []


# -- the paywall -----------------------------------------------------------------------------------------

SECRET = "The withheld conclusion is that it was the butler."


@pytest.mark.parametrize("kind", ["paragraph", "note", "code", "section"])
@pytest.mark.parametrize(
    "leak",
    [
        Item("paragraph", f"Before. {SECRET} After."),
        Item("note", SECRET.replace(" ", "\u00a0")),
        Item("figure", "", target=SECRET),
        Item("table", "", rows=(("x", SECRET),)),
        Item("code", SECRET),
    ],
    ids=["text", "note", "alternative text", "cell", "code"],
)
def test_what_is_withheld_and_can_be_read_is_an_error(kind, leak):
    ((check, message),) = found(
        replace(WHOLE, items=(*WHOLE.items, leak)), WHOLE, Inventory((Item(kind, SECRET),))
    )
    assert check == "paywall"
    assert "butler" in message


def test_what_is_withheld_and_promised_elsewhere_is_no_leak():
    promised = replace(WHOLE, items=(*WHOLE.items, Item("paragraph", SECRET)))
    assert found(promised, promised, Inventory((Item("paragraph", SECRET),))) == []


def test_withheld_cells_references_and_captions_count_as_well():
    withheld = Inventory(
        (
            Item("table", "", rows=(("x", SECRET),)),
            Item("reference", "Okonkwo, Chinua. A Withheld Reference. 1999."),
            Item("figure", "A withheld caption of a figure.", target="A withheld alternative text."),
        )
    )
    for text in (SECRET, *(item.text for item in withheld.items[1:]), "A withheld alternative text."):
        leaked = replace(WHOLE, items=(*WHOLE.items, Item("paragraph", f"So: {text}")))
        assert [check for check, _ in found(leaked, WHOLE, withheld)] == ["paywall"], text


def test_every_kind_of_item_has_a_check():
    assert set(ITEM_KINDS) <= set(CHECKS)


def test_latin_text_in_a_pdf_from_right_to_left_may_have_its_signs_at_the_other_end():
    promised = Inventory((Item("reference", "Eco, Umberto. 2015.", target="ref-eco"),))
    turned = Item("paragraph", ".Eco, Umberto. 2015")
    for around, expected in (("שלום", []), ("Text", ["references"])):
        observed = Inventory((Item("paragraph", around), turned), frozenset({"ref-eco"}), loose=True)
        assert [check for check, _ in found(observed, promised)] == expected


def test_links_to_one_entry_are_counted_in_a_pdf_where_notes_have_moved():
    def one(target):
        return Item("citation", "x", target=target)

    promised = Inventory((one("#a"), one("#b"), one("#a")))
    assert found(Inventory((one("#a"), one("#a"), one("#b")), loose=True), promised) == []
    assert len(found(Inventory((one("#a"), one("#b")), loose=True), promised)) == 1
