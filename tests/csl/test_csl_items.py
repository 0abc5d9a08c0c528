"""Works of CSL-JSON: texts, names, dates, and what a note adds."""

from __future__ import annotations

import pytest

from paperbuild.csl.items.item import Date, DateParts, Name
from paperbuild.csl.items.read import read_item


def name(**fields: object) -> Name:
    return read_item({"author": [fields]}).names["author"][0]


def test_texts_and_numbers() -> None:
    item = read_item(
        {"id": "Doe2001", "type": "book", "title": "<i>A</i> b", "volume": 7, "issue": 2.0, "edition": 2.5,
         "abstract": " ", "note": None, "medium": True, "custom": {"a": 1}, "categories": ["x"]}
    )  # fmt: skip
    assert (item.id, item.type) == ("Doe2001", "book")
    assert item.text == {"title": "<i>A</i> b", "volume": "7", "issue": "2", "edition": "2.5"}


def test_other_names_of_variables() -> None:
    text = read_item({"shortTitle": "S", "journalAbbreviation": "J.", "event": "E", "page": "7-9"}).text
    assert text == {
        "title-short": "S", "container-title-short": "J.", "event": "E", "event-title": "E",
        "page": "7-9", "page-first": "7",
    }  # fmt: skip
    assert read_item({"shortTitle": "S", "title-short": "T"}).text["title-short"] == "T"
    assert read_item({"page": "7\\-9"}).text["page-first"] == "7\\-9"


def test_values_that_make_no_sense_are_left_out() -> None:
    item = read_item(
        {"id": 7, "author": 7, "editor": [None, {}, {"family": ""}], "issued": [], "title": ["x"]}
    )
    assert (item.id, item.type) == ("7", "")
    assert not item.text
    assert not item.names
    assert not item.dates


def test_dates() -> None:
    dates = read_item({"issued": {"raw": "May 2001"}, "accessed": {"date-parts": [["2002"]]}}).dates
    assert dates == {"issued": Date(DateParts(2001, 5)), "accessed": Date(DateParts(2002))}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"family": "van Rijn", "given": "R."}, Name("Rijn", "R.", non_dropping="van")),
        ({"family": "Goethe", "given": "J. W. von"}, Name("Goethe", "J. W.", dropping="von")),
        ({"family": "de la Vega", "given": "Inca"}, Name("Vega", "Inca", non_dropping="de la")),
        ({"family": "Van Buren", "given": "M."}, Name("Van Buren", "M.")),
        ({"family": "al-Kindi", "given": "Y."}, Name("Kindi", "Y.", non_dropping="al-")),
        ({"family": "d'Alembert", "given": "J."}, Name("Alembert", "J.", non_dropping="d'")),
        ({"family": "'t Hart", "given": "M."}, Name("Hart", "M.", non_dropping="'t")),
        ({"family": "Alembert", "given": "Jean d'"}, Name("Alembert", "Jean", dropping="d'")),
        ({"family": "O'Neill", "given": "E."}, Name("O'Neill", "E.")),
        ({"family": "Griffey", "given": "Ken, Jr."}, Name("Griffey", "Ken", suffix="Jr.")),
        ({"family": "Bush", "given": "G.,! III"}, Name("Bush", "G.", suffix="III", comma_suffix=True)),
        ({"family": '"van Rijn"', "given": "R."}, Name("van Rijn", "R.")),
        ({"family": "van Rijn", "given": "R.", "parse-names": False}, Name("van Rijn", "R.")),
        ({"family": "van Rijn Museum"}, Name("van Rijn Museum")),
        ({"family": "Museum", "isInstitution": True}, Name(literal="Museum")),
        ({"literal": "Museum"}, Name(literal="Museum")),
        ({"family": "Mao", "given": "Z.", "static-ordering": True}, Name("Mao", "Z.", static_ordering=True)),
        (
            {"family": "Rijn", "given": "R. x", "non-dropping-particle": "van", "dropping-particle": "de"},
            Name("Rijn", "R. x", "de", "van"),
        ),
        (
            {"family": "Roe", "given": "J.", "suffix": "Sr.", "comma-suffix": "true"},
            Name("Roe", "J.", suffix="Sr.", comma_suffix=True),
        ),
    ],
)
def test_names(fields: dict[str, object], expected: Name) -> None:
    assert name(**fields) == expected


def test_a_note_names_variables() -> None:
    note = (
        "type: report\noriginal-date: 1962-04\neditor: van Rijn || R.\neditor: Museum\ngenre: Draft\nPMID: 7"
    )
    item = read_item({"type": "book", "title": "T", "note": note})
    assert item.type == "report"
    assert item.dates["original-date"] == Date(DateParts(1962, 4))
    assert item.names["editor"] == (Name("Rijn", "R.", non_dropping="van"), Name(literal="Museum"))
    assert item.text == {"title": "T", "genre": "Draft", "PMID": "7"}


def test_prose_in_a_note_stays() -> None:
    assert read_item({"note": "See: elsewhere"}).text == {"note": "See: elsewhere"}
    text = read_item({"note": "First line.\ngenre: Draft\nMore prose.\nstatus: late"}).text
    assert text == {"note": "First line.\nMore prose.\nstatus: late", "genre": "Draft"}
    text = read_item({"title": "T", "note": "Prose {:genre: Draft} {:title: other} more"}).text
    assert text == {"title": "T", "genre": "Draft", "note": "Prose\nmore"}
