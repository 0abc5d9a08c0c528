"""The members' page: nothing of the paper is lost, and what the preview withholds is marked."""

from __future__ import annotations

import json

import pytest
from lxml import html as parser
from tests.helpers import errors, exported, resolved

from paperbuild.config import Options, Preview
from paperbuild.formats import registry
from paperbuild.formats.preview.paid import CLASS, marked
from paperbuild.layouts import load
from paperbuild.verify import compare

FRONT = "---\ntitle: The Paper\nauthor: Ana Silva\nlang: en-GB\nbibliography: refs.bib\n---\n\n"
BODY = """\
# Opening

The opening is free, and there is much of it for everybody to read [@kelsen1957].

A second paragraph is free. It has a second sentence, which is longer than the one before it.

# Rest

The rest is for members [@eco2015].^[So is this note.]

## Deeper

The end is theirs as well.
"""


def page(document, folder, **preview):
    """The members' page as a tree, and the errors that verifying it finds."""
    asked = Options(preview=Preview.model_validate(preview))
    form = registry.get("page")
    prepared = form.prepare(document, asked)
    data = form.write(prepared, asked, load("article", folder)).data
    _, findings = compare("page", prepared.promised, form.read(data))
    return parser.document_fromstring(data.decode()), errors(findings)


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    return resolved(tmp_path_factory.mktemp("paper"), FRONT + BODY)


def paid(root) -> list[str]:
    """The texts of the paywalled parts."""
    parts = root.xpath("//*[contains(concat(' ', @class, ' '), $name)]", name=f" {CLASS} ")
    return [" ".join(part.text_content().split()) for part in parts]


@pytest.mark.parametrize("show", ["0%", "30%", "65%", "1 section", "100%"])
@pytest.mark.parametrize("cut", ["section", "paragraph", "sentence"])
def test_nothing_of_the_paper_is_lost(show, cut, document, tmp_path):
    root, problems = page(document, tmp_path, show=show, cut=cut)
    assert problems == []
    text = root.text_content()
    for words in ("The opening is free", "It has a second sentence", "The end is theirs", "So is this note."):
        assert words in text
    assert len(root.xpath("//*[contains(@class, 'csl-entry')]")) == 2


def test_what_the_preview_withholds_is_marked_and_nothing_else(document, tmp_path):
    root, _ = page(document, tmp_path, show="1 section")
    (part,) = paid(root)
    assert part.startswith("Rest The rest is for members")
    assert part.endswith("The end is theirs as well.")


def test_a_paragraph_that_is_shown_in_part_is_marked_whole(document, tmp_path):
    root, problems = page(document, tmp_path, show="20 words", cut="sentence")
    assert problems == []
    (part,) = paid(root)
    assert part.startswith("A second paragraph is free. It has")


def test_a_list_of_references_within_the_paper_is_not_marked(tmp_path):
    text = BODY.replace("## Deeper", "# References\n\n::: {#refs}\n:::\n\n# Deeper")
    root, problems = page(resolved(tmp_path, FRONT + text), tmp_path, show="1 section")
    assert problems == []
    first, second = paid(root)
    assert first.startswith("Rest")
    assert second.startswith("Deeper")
    assert not root.xpath(f"//*[@class='{CLASS}']//*[contains(@class, 'csl-entry')]")


def test_a_paper_that_is_shown_whole_has_no_paywalled_part(document, tmp_path):
    root, _ = page(document, tmp_path, show="100%")
    assert paid(root) == []
    (script,) = root.xpath("//script[@type='application/ld+json']")
    assert json.loads(script.text)["isAccessibleForFree"] is True


def test_the_page_asks_nobody_to_sign_up_and_no_engine_to_index_it(document, tmp_path):
    root, _ = page(document, tmp_path, show="50%", canonical="https://example.org/p/")
    assert not root.xpath("//*[@data-statement='percent'] | //*[contains(@class, 'gate')]")
    assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert root.xpath("//link[@rel='canonical']/@href") == ["https://example.org/p/"]


def test_the_authors_mark_decides_what_is_marked(tmp_path):
    text = BODY.replace("A second paragraph", "<!-- paywall -->\n\nA second paragraph")
    root, problems = page(resolved(tmp_path, FRONT + text), tmp_path)
    assert problems == []
    (part,) = paid(root)
    assert part.startswith("A second paragraph is free.")


def test_what_both_pages_show_is_the_same(tmp_path):
    done = exported(tmp_path, FRONT + BODY, ("preview", "page"))
    assert errors(done.report.findings) == []
    preview, whole = (done.observed(name) for name in ("preview", "page"))
    shown = [item.text for item in preview.of("paragraph", "section")]
    assert shown
    assert set(shown) <= {item.text for item in whole.of("paragraph", "section")}
    assert preview.title == whole.title
    assert whole.count("note") == 1
    assert preview.count("note") == 0


def test_marking_takes_the_blocks_from_the_end(document):
    whole = marked(document, document.blocks)
    (first, *rest) = whole.blocks
    assert CLASS in first["c"][0][1]
    assert all(CLASS not in str(block["c"][0]) for block in rest)
    assert marked(document, ()) == document
