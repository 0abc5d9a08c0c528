"""Each entry of the reference list leads back to the places that cite it, where the layout asks for that."""

from __future__ import annotations

import re

import pytest
from lxml import html as parser
from tests import damage
from tests.damage import unannotated, unlinked, unwrapped
from tests.helpers import Exported, errors, exported, items, picture, resolved

from paperbuild.dress.links_back import linked
from paperbuild.formats import registry
from paperbuild.inventory import promise
from paperbuild.pipeline import prepare
from paperbuild.verify import compare

LAYOUT = 'based_on = "article"\n[references]\nlinks_back = true\n'
FILES: dict[str, str | bytes] = {"cat.png": picture(), "layouts/back/layout.toml": LAYOUT}
HEAD = "---\nbibliography: refs.bib\npaperbuild: {layout: back, preview: {show: 100%}}\n---\n\n"
TEXT = (
    HEAD + "Once [@kelsen1957], and once more with another [@kelsen1957; @eco2015].\n\n"
    "Of a note.[^n]\n\n![From @kelsen1957](cat.png)\n\n| a |\n|---|\n| @eco2015 |\n\n: Numbers\n\n"
    "[^n]: As @price1965 says.\n"
)
FORMATS = ("pdf", "docx", "preview", "page")


@pytest.fixture(scope="module")
def done(tmp_path_factory) -> Exported:
    return exported(tmp_path_factory.mktemp("back"), TEXT, FORMATS, "apa", FILES)


def back(document) -> dict[str, list[str]]:
    """The links back of each entry: the words of each, and where it leads."""
    found: dict[str, list[str]] = {}
    for item in items(linked(document), "link"):
        if item.target.startswith("#cite:"):
            found.setdefault(item.target, []).append(item.text)
    return found


# -- what is made ----------------------------------------------------------------------------------------


def test_each_place_has_an_id_and_each_entry_a_link_to_it(tmp_path):
    document = resolved(tmp_path, TEXT, "apa", FILES)
    assert back(document) == {
        "#cite:2": ["a"],  # Eco beside another, and in a table
        "#cite:6": ["b"],
        "#cite:1": ["a"],  # Kelsen in the text, beside another, and in a caption
        "#cite:3": ["b"],
        "#cite:5": ["c"],
        "#cite:4": ["↑"],  # Price in a note
    }


def test_a_work_that_is_not_cited_has_no_link_back(tmp_path):
    text = "---\nbibliography: refs.bib\nnocite: '@doe2001'\n---\n\nSee @kelsen1957.\n"
    document = linked(resolved(tmp_path, text, "apa"))
    shown = {item.target: item.text for item in items(document, "reference")}
    assert shown["ref-kelsen1957"].endswith("\u00a0↑")
    assert "↑" not in shown["ref-doe2001"]


def test_name_and_year_that_are_links_of_their_own_are_one_place(tmp_path):
    text = "---\nbibliography: refs.bib\n---\n\nAs @kelsen1957 [p. 2] says.\n"
    assert list(back(resolved(tmp_path, text, "apa")).values()) == [["↑"]]


def test_an_id_of_the_manuscript_is_not_taken(tmp_path):
    text = "---\nbibliography: refs.bib\n---\n\n::: {#cite:1}\nSee @kelsen1957.\n:::\n"
    assert list(back(resolved(tmp_path, text, "apa"))) == ["#cite:2"]


def test_after_z_comes_aa(tmp_path):
    text = "---\nbibliography: refs.bib\n---\n\n" + "See @kelsen1957.\n\n" * 28
    words = [word for words in back(resolved(tmp_path, text, "apa")).values() for word in words]
    assert words[25:] == ["z", "aa", "ab"]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("de", "Zurück zum Zitat 2"), ("fa", "بازگشت به ارجاع ۲"), ("xx", "Back to citation 2")],
)
def test_a_link_says_in_the_documents_language_where_it_leads(lang, words, tmp_path):
    text = f"---\nlang: {lang}\nbibliography: refs.bib\n---\n\nSee @kelsen1957. And @kelsen1957.\n"
    assert words in str(linked(resolved(tmp_path, text, "apa")).blocks[-1])


def test_a_note_style_leads_back_to_the_notes(tmp_path):
    text = "---\nbibliography: refs.bib\n---\n\nOnce [@kelsen1957]. Twice [@kelsen1957].\n"
    document = resolved(tmp_path, text, "chicago-notes-bibliography")
    assert list(back(document)) == ["#cite:1", "#cite:2"]
    assert {"cite:1", "cite:2"} <= {*promise(linked(document)).anchors}


# -- the finished files ----------------------------------------------------------------------------------


def test_every_format_holds_every_link_back_and_nothing_is_wrong(done):
    assert errors(done.report.findings) == []
    for name in FORMATS:
        links = [one for one in done.observed(name).of("link") if one.target.startswith("#cite:")]
        assert [link.text for link in links] == ["a", "b", "a", "b", "c", "↑"], name


def test_a_style_of_notes_is_verified_with_its_links_back(tmp_path):
    made = exported(tmp_path, TEXT, ("pdf", "docx", "page"), "chicago-notes-bibliography", FILES)
    assert errors(made.report.findings) == []
    for name in ("pdf", "docx", "page"):
        links = {one.target for one in made.observed(name).of("link") if "cite:" in one.target}
        assert links == {f"#cite:{n}" for n in range(1, 8)}, name  # 7: of a name in the text, and of its note


def test_a_layout_that_does_not_ask_for_them_has_none_on_pages(tmp_path):
    made = exported(tmp_path, TEXT.replace("layout: back, ", ""), ("pdf", "docx"), "apa", FILES)
    assert errors(made.report.findings) == []
    for name in ("pdf", "docx"):
        assert not [one for one in made.observed(name).of("link") if "cite:" in one.target]


def test_on_web_pages_a_link_back_has_a_role_and_a_name(done):
    root = parser.document_fromstring(done.data("page").decode())
    links = root.xpath("//*[@id='ref-eco2015']//a[@role='doc-backlink']")
    assert [link.get("aria-label") for link in links] == ["Back to citation 1 (a)", "Back to citation 2 (b)"]
    assert all(root.xpath(f"//a[@id='{link.get('href')[1:]}'][@role='doc-biblioref']") for link in links)


@pytest.mark.parametrize(
    ("name", "harmed"),
    [
        ("preview", lambda data: damage.html(data, unwrapped("//a[@href='#cite:2']"))),
        ("page", lambda data: damage.html(data, unwrapped("//a[@href='#cite:2']"))),
        ("docx", lambda data: damage.docx(data, unlinked("//w:hyperlink[@w:anchor='cite:2']"))),
        ("pdf", lambda data: damage.pdf(data, unannotated("cite:2"))),
    ],
)
def test_a_link_back_that_is_lost_is_told(name, harmed, done):
    form = registry.get(name)
    promised = prepare(done.plan, form).promised
    _, findings = compare(name, promised, form.read(harmed(done.data(name))))
    assert any("cite:2" in message and "lost" in message for message in errors(findings))


@pytest.mark.parametrize("references", ["visible", "all"])
def test_a_preview_tells_nothing_of_citations_that_it_withholds(references, tmp_path):
    head = f"---\nbibliography: refs.bib\npaperbuild: {{preview: {{references: {references}}}}}\n---\n\n"
    text = head + "See @kelsen1957.\n\n<!-- paywall -->\n\nAnd @kelsen1957 again, and @eco2015.\n"
    made = exported(tmp_path, text, ("preview",), "apa")
    assert errors(made.report.findings) == []
    page = made.data("preview").decode()
    assert set(re.findall(r"cite:\d+", page)) == {"cite:1"}
    (entry,) = parser.document_fromstring(page).xpath("//*[@id='ref-kelsen1957']")
    assert entry.text_content().rstrip().endswith("↑")
