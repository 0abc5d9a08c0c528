"""Citations and entries as they are printed, in an author-date, a numeric and a note style."""

from pathlib import Path
from typing import Any

import pytest

from paperbuild.csl import Citation, Cite, Processed, Segment, StyleError, find_style, process
from paperbuild.pandoc import ast

KELSEN: dict[str, Any] = {
    "type": "book",
    "title": "Reine Rechtslehre",
    "author": [{"family": "Kelsen", "given": "Hans"}],
    "issued": {"date-parts": [["1957"]]},
    "publisher": "Springer",
}
SMITHS = [{"family": "Smith", "given": "John"}, {"family": "Berg", "given": "Jan"}]
ITEMS: dict[str, dict[str, Any]] = {
    "Kelsen1957": KELSEN,
    "doi:10/d82jnp": {
        "type": "article-journal",
        "title": "On things",
        "author": SMITHS,
        "container-title": "Things",
        "page": "512-57",
        "volume": 3,
        "issued": {"date-parts": [[2001, 5]]},
        "DOI": "10.1000/xyz(1)",
    },
    "later": {"type": "book", "title": "Other things", "author": SMITHS, "issued": {"date-parts": [[2001]]}},
}
EMPH = ({"t": "Emph", "c": ast.text("passim")},)


def words(text):
    return tuple(ast.text(text))


def cite(key="Kelsen1957", **options):
    return Citation((Cite(key, **options),), 1)


def run(style: str, *citations: Citation, items=ITEMS, **options) -> Processed:
    return process(find_style(style, folder=Path(), project=None), items, citations, **options)


def shown(segments: tuple[Segment, ...]) -> str:
    """The text, with {} around what links to an entry."""
    return "".join(
        f"{{{ast.plain(list(segment.inlines))}}}" if segment.key else ast.plain(list(segment.inlines))
        for segment in segments
    )


AUTHOR_DATE = {
    "({Kelsen, 1957})": cite(),
    "({Kelsen, 1957, pp. 39–42})": cite(locator="39-42"),
    "({Kelsen, 1957, Chapter 3})": cite(locator="3", label="chapter"),
    "{Kelsen} ({1957, p. 39})": cite(locator="39", mode="author-in-text"),
    "({1957, p. 39})": cite(locator="39", mode="suppress-author"),
    "(see {Kelsen, 1957}, passim)": cite(prefix=words("see"), suffix=(*words(", "), *EMPH)),
    "({Kelsen, 1957}; {Smith & Berg, 2001b})": Citation((Cite("doi:10/d82jnp"), Cite("Kelsen1957"))),
}


@pytest.mark.parametrize("expected", AUTHOR_DATE)
def test_an_author_date_style(expected):
    done = run("apa", AUTHOR_DATE[expected], nocite=["later"])
    # without its twin in the list there would be no letter
    assert shown(done.citations[0].text) == expected.replace("2001b", "2001a")
    assert done.citations[0].note == ()
    assert done.problems == ()


@pytest.mark.parametrize(
    ("expected", "citation"),
    [
        ("{[1]}", cite()),
        ("{[1, p. 39]}", cite(locator="39")),
        ("{Kelsen} {[1]}", cite(mode="author-in-text")),
        ("{[1]}", cite(mode="suppress-author")),
    ],
)
def test_a_numeric_style(expected, citation):
    assert shown(run("ieee", citation).citations[0].text) == expected


def test_numbers_follow_the_citations_and_three_in_a_row_collapse():
    done = run("nature", cite("later"), Citation(tuple(map(Cite, ITEMS))), nocite=["*"])
    assert [entry.key for entry in done.bibliography] == ["later", "Kelsen1957", "doi:10/d82jnp"]
    assert shown(done.citations[1].text) == "{1}–{3}"
    assert done.citations[1].text[0].inlines[0]["t"] == "Superscript"
    assert [s.key for s in done.citations[1].text] == ["later", "", "doi:10/d82jnp"]


def test_a_note_style_puts_the_citation_in_the_note():
    first, again, ours = (
        Citation((Cite("Kelsen1957"),), 1),
        Citation((Cite("Kelsen1957", locator="39"),), 2),
        Citation((Cite("Kelsen1957", locator="40", mode="author-in-text"),), 3),
    )
    done = run("chicago-notes-bibliography", first, again, ours)
    assert done.citations[0].text == ()
    assert shown(done.citations[0].note) == "{Hans Kelsen, Reine Rechtslehre (Springer, 1957)}."
    assert shown(done.citations[1].note) == "{Kelsen, Reine Rechtslehre, 39}."
    assert shown(done.citations[2].text) == "{Kelsen}"
    assert shown(done.citations[2].note) == "{Reine Rechtslehre, 40}."


def test_ibid_begins_with_a_capital_unless_the_note_says_more():
    once, again = Citation((Cite("Kelsen1957"),), 1), Citation((Cite("Kelsen1957", locator="39"),), 2)
    inside = Citation((Cite("Kelsen1957", locator="39"),), 3, inside_note=True)
    done = run("chicago-notes-bibliography-subsequent-ibid", once, again, inside)
    assert shown(done.citations[1].note) == "{Ibid., 39}."
    assert shown(done.citations[2].note).lower() == "{ibid.}"


def test_a_stop_goes_inside_american_quotation_marks():
    done = run("chicago-notes-bibliography", cite("doi:10/d82jnp"), cite("doi:10/d82jnp"))
    assert shown(done.citations[1].note) == "{Smith and Berg, “On Things.”}"


def test_works_of_one_year_get_letters_in_the_order_of_the_list():
    done = run("apa", cite("later"), cite("doi:10/d82jnp"))
    assert [shown(c.text) for c in done.citations] == ["({Smith & Berg, 2001b})", "({Smith & Berg, 2001a})"]
    assert [ast.plain(list(e.inlines))[:30] for e in done.bibliography] == [
        "Smith, J., & Berg, J. (2001a).",
        "Smith, J., & Berg, J. (2001b).",
    ]


def test_an_entry_links_its_doi_and_nothing_else():
    (entry,) = run("apa", cite("doi:10/d82jnp")).bibliography
    links = [node for node in ast.iterate(list(entry.inlines)) if node["t"] == "Link"]
    assert [link["c"][2][0] for link in links] == ["https://doi.org/10.1000/xyz(1)"]
    assert ast.plain(links) == "https://doi.org/10.1000/xyz(1)"
    assert "512–557" in ast.plain(list(entry.inlines))


def test_an_address_ends_where_the_sentence_goes_on():
    items = {"w": {"type": "webpage", "title": "A", "URL": "https://x.org/a_(b)?c=1&d=2"}}
    (entry,) = run("modern-language-association", cite("w"), items=items).bibliography
    (link,) = [node for node in entry.inlines if node["t"] == "Link"]
    assert link["c"][2][0] == "https://x.org/a_(b)?c=1&d=2"


@pytest.mark.parametrize("url", ["http://x.org/1973A..24...b,,c", "https://x.org/a_b?c=<d>&e=*f*"])
def test_nothing_inside_an_address_or_a_title_is_tidied(url):
    items = {"w": {"type": "webpage", "title": "On .NET .. and , more", "URL": url}}
    (entry,) = run("apa", cite("w"), items=items).bibliography
    assert url in ast.plain(list(entry.inlines))
    assert "On .NET .. and , more" in ast.plain(list(entry.inlines))
    assert [n["c"][2][0] for n in entry.inlines if n["t"] == "Link"] == [url]


@pytest.mark.parametrize(
    ("given", "initials"),
    [
        ("Hans", "H."),
        ("Jean-Luc", "J.-L."),
        ("F.-X.", "F.-X."),
        ("J.R. R.", "J. R. R."),
        ("Li-wei H.", "L. H."),
    ],
)
def test_initials(given, initials):
    items = {"k": KELSEN | {"author": [{"family": "Kelsen", "given": given}]}}
    (entry,) = run("apa", cite("k"), items=items).bibliography
    assert ast.plain(list(entry.inlines)).startswith(f"Kelsen, {initials} (1957)")


def test_names_sort_before_what_joins_them():
    items = {
        "b": KELSEN | {"author": [*KELSEN["author"], {"family": "Zorn", "given": "A"}]},
        "a": KELSEN | {"author": [*KELSEN["author"], {"family": "Igo", "given": "B"}, *SMITHS]},
    }
    assert [e.key for e in run("apa", items=items, nocite=["*"]).bibliography] == ["a", "b"]


def test_markup_becomes_nodes_and_signs_stay_signs():
    title = 'a < b & *c* <i>d</i> <b>e</b> H<sub>2</sub> <span style="font-variant:small-caps;">f</span> </x>'
    items = {"k": KELSEN | {"title": title, "type": "article-journal"}}
    (entry,) = run("nature", cite("k"), items=items).bibliography
    text = ast.plain(list(entry.inlines))
    assert "a < b & *c* d e H2 f </x>".casefold() in text.casefold()
    kinds = {node["t"] for node in ast.iterate(list(entry.inlines))}
    assert {"Emph", "Strong", "Subscript", "SmallCaps"} <= kinds
    assert not any("\ufdd0" <= c <= "\ufdef" for c in text)


def test_italics_inside_italics_are_upright():
    items = {"k": KELSEN | {"title": "On <i>Homo</i> and"}}
    (entry,) = run("apa", cite("k"), items=items).bibliography
    upright = [ast.plain([n]) for n in entry.inlines if n["t"] == "Str"]
    assert "Homo" in upright
    assert [ast.plain([n]).strip() for n in entry.inlines if n["t"] == "Emph"] == ["On", "and"]


def test_prefix_and_suffix_stay_rich():
    math = {"t": "Math", "c": [{"t": "InlineMath"}, "x^2"]}
    (done,) = run("apa", cite(prefix=EMPH, suffix=(math,))).citations
    assert [n["t"] for s in done.text if not s.key for n in s.inlines] == [
        *("Str", "Emph", "Space"),
        *("Space", "Math", "Str"),
    ]


def test_the_documents_language_is_spoken():
    citation = cite(locator="39-42")
    assert "S. 39–42" in shown(run("apa", citation, lang="de").citations[0].text)
    assert "p. 39–42" in shown(run("apa", citation, lang="pt").citations[0].text)
    assert "pp. 39–42" in shown(run("apa", citation, lang="xx").citations[0].text)


@pytest.mark.parametrize(
    "date",
    [
        {"date-parts": [[2001], [2003]]},
        {"date-parts": [["2001", "5"], ["2001", "7"]]},
        {"raw": "2001-05-03"},
        {"literal": "2001?"},
        {"date-parts": [[2001, 21]]},
        {"date-parts": [[2001, 99, 99]]},
        {"date-parts": [[2001]], "season": "spring"},
        "2001",
        2001,
    ],
)
def test_every_way_to_write_a_date_shows_its_year(date):
    done = run("ieee", cite("k"), items={"k": KELSEN | {"issued": date}})
    assert "2001" in ast.plain(list(done.bibliography[0].inlines))
    assert done.problems == ()


@pytest.mark.parametrize(
    "broken",
    [
        {"author": "Hans Kelsen"},
        {"author": [{"given": "Hans"}]},
        {"author": [{"literal": "UN", "family": "", "isInstitution": True}]},
        {"author": [None, 3]},
        {"issued": {"date-parts": [[None]]}},
        {"issued": []},
        {"page": "--"},
        {"volume": "x", "custom": {"a": 1}, "note": "a: b"},
        {"type": "no-such-type"},
    ],
)
@pytest.mark.parametrize("style", ["apa", "ieee", "chicago-notes-bibliography"])
def test_odd_data_does_no_harm(style, broken):
    done = run(style, cite("k"), items={"k": KELSEN | broken})
    assert "Reine Rechtslehre".casefold() in ast.plain(list(done.bibliography[0].inlines)).casefold()
    assert done.problems == ()


def style_of(folder, layout, extra=""):
    (folder / "own.csl").write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
        f"<info><title>B</title></info>{extra}"
        f"<citation>{layout}</citation><bibliography>{layout}</bibliography></style>"
    )
    return find_style("own.csl", folder=folder, project=None)


def test_where_a_style_prints_nothing_the_cite_is_shown_plainly_and_told(tmp_path):
    style = style_of(tmp_path, '<layout><text variable="abstract"/></layout>')
    done = process(style, ITEMS, [cite()])
    assert shown(done.citations[0].text) == "{Kelsen, 1957}"
    assert done.bibliography == ()  # a style may mean it, as with personal communications
    assert [problem.message for problem in done.problems] == [
        "the style own prints nothing for Kelsen1957 in a citation",
        "the style own prints nothing for Kelsen1957 in the list",
    ]


@pytest.mark.parametrize(
    ("macro", "said"),
    [
        ("", "the macro 'm', which it does not have"),
        ('<macro name="m"><text macro="m"/></macro>', "calls itself"),
    ],
)
def test_a_style_whose_macros_lead_nowhere_is_refused(tmp_path, macro, said):
    style = style_of(tmp_path, '<layout><text macro="m"/></layout>', macro)
    with pytest.raises(StyleError, match=said):
        process(style, ITEMS, [cite()])


def test_an_unknown_key_stays_visible_beside_the_known():
    done = run("apa", Citation((Cite("Kelsen1957"), Cite("nobody"))))
    assert shown(done.citations[0].text) == "({Kelsen, 1957}) {@nobody?}"
    assert [problem.key for problem in done.problems] == ["nobody"]


def test_nocite_is_listed_but_never_cited():
    done = run("apa", cite(), nocite=["later"])
    assert [entry.key for entry in done.bibliography] == ["Kelsen1957", "later"]
    assert len(done.citations) == 1


def test_a_note_begins_with_a_capital_whatever_begins_it():
    prefixed = Cite("Kelsen1957", prefix=words("see"))
    own, inside = Citation((prefixed,), 1), Citation((prefixed,), 2, inside_note=True)
    done = run("chicago-notes-bibliography", own, inside)
    assert [shown(citation.note)[:5] for citation in done.citations] == ["See {", "see {"]


def test_an_author_in_the_text_of_a_note_is_part_of_the_citation():
    inside = Citation((Cite("Kelsen1957", mode="author-in-text"),), 1, inside_note=True)
    done = run("chicago-notes-bibliography", inside)
    assert shown(done.citations[0].note).startswith("{Hans Kelsen, Reine Rechtslehre")
    assert done.citations[0].text == ()


def test_works_that_the_style_sorts_alike_stand_as_in_the_list():
    done = run("apa", Citation((Cite("later"), Cite("doi:10/d82jnp"))))
    assert shown(done.citations[0].text) == "({Smith & Berg, 2001a}, {2001b})"


def test_blocks_of_an_entry_stand_on_lines_of_their_own(tmp_path):
    block = '<group display="block"><text variable="{}"/></group>'
    style = style_of(tmp_path, "<layout>" + block.format("title") + block.format("publisher") + "</layout>")
    (entry,) = process(style, ITEMS, [cite()]).bibliography
    assert ast.plain(list(entry.inlines)) == "Reine Rechtslehre\nSpringer"


def test_words_around_a_cite_stay_where_the_style_prints_nothing_else(tmp_path):
    style = style_of(tmp_path, '<layout><names variable="author"/></layout>')
    suppressed = cite(mode="suppress-author", prefix=words("but see"), suffix=words(", passim"))
    done = process(style, ITEMS, [suppressed])
    assert shown(done.citations[0].text) == "but see, passim"


def test_a_citation_of_nothing_known_is_its_keys():
    done = run("apa", Citation((Cite("nobody"),)), Citation((Cite("nobody", mode="author-in-text"),)))
    assert [shown(citation.text) for citation in done.citations] == ["{@nobody?}", "{@nobody?}"]
