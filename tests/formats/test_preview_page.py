"""The page: its parts in order, ways there and back, a content policy that holds."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from lxml import html as parser
from tests.helpers import CITING, errors, resolved

from paperbuild.config import Options
from paperbuild.formats.preview.format import FORMAT
from paperbuild.formats.preview.members import FORMAT as MEMBERS
from paperbuild.layouts import load
from paperbuild.verify import compare

STUDY = {
    "summary": "What it is about.",
    "technique": "By examples.",
    "structure": "In parts.",
    "questions": ["Why?", "Who?"],
    "terms": {"norm": "an ought"},
}
TEXT = """\
---
title: A paper
author:
  - {name: Ana Silva, affiliation: University of X}
date: 2024-05-01
lang: en-GB
abstract: The abstract.
keywords: [one, two]
bibliography: refs.bib
---

# One {#one}

First [@kelsen1957; @eco2015]. A note.[^1] And [@kelsen1957, 12].

[^1]: Noted, see @kelsen1957.

| a | b |
|---|---|
| 1 | 2 |

: With a caption

| c | d |
|---|---|
| 1 | 2 |

```python
def f(): return 1  # one
```

$$ a = b $$

# Two

Second.

# Three

Third.

# Four

Fourth, and this one is long enough to be withheld as the last part of the paper.
"""


def made(folder, text=TEXT, form=FORMAT, study=None, **preview):
    """The page's bytes and what it promises."""
    options = Options.model_validate({"preview": preview, "study": study or {}})
    prepared = form.prepare(resolved(folder, text), options)
    return form.write(prepared, options, load("article", folder)).data, prepared


def told(data, prepared):
    return errors(compare("preview", prepared.promised, FORMAT.read(data))[1])


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    folder = tmp_path_factory.mktemp("paper")
    return made(
        folder, study=STUDY, show="70%", cut="section", publisher="Essays", canonical="https://x.org/p"
    )


@pytest.fixture(scope="module")
def tree(shown):
    return parser.fromstring(shown[0])


def words(element):
    return " ".join(element.text_content().split())


def test_the_page_says_what_was_promised_and_nothing_else(shown):
    assert told(*shown) == []


def test_the_parts_stand_in_their_order(tree):
    parts = ["title-block", "examines", "study", "abstract", "keywords", "contents", "prose", "gate", "notes",
             "bibliography", "cite"]  # fmt: skip
    assert [str(part.get("class")) for part in tree.find(".//article")] == parts


def test_the_title_block_names_the_authors_places(tree):
    assert words(tree.find_class("author")[0]) == "Ana Silva University of X"
    assert tree.xpath("//p[@class='date']/time/@datetime") == ["2024-05-01"]


def test_each_statement_of_the_page_is_checked(shown):
    """Whatever is changed in it is an error."""
    data, prepared = shown
    names = set(prepared.promised.statements)
    assert {"percent", "sections", "study-summary", "study-term-1", "study-question-2", "cite-apa"} <= names
    assert {"cite-bibtex", "cite-ris"} <= names
    for name in names:
        root = parser.document_fromstring(data.decode())
        (element,) = root.xpath(f"//*[@data-statement='{name}']")
        if element.get("value"):
            element.set("value", "42")
        else:
            element.text = "Something else"
        (found,) = told(parser.tostring(root, encoding="utf-8"), prepared)
        assert name.replace("-", " ") in found


def test_furniture_is_not_read_as_the_paper(shown):
    observed = FORMAT.read(shown[0])
    text = " ".join(item.text for item in observed.items)
    for words_of_the_page in ("Skip to the text", "Essays", "Cite this paper", "Sign up", "Study notes", "↩"):
        assert words_of_the_page not in text


# -- citations and notes ---------------------------------------------------------------------------------


def test_each_entry_leads_back_to_each_of_its_citations(tree):
    cited: dict[str, list[str]] = {}
    for link in tree.xpath("//a[@role='doc-biblioref'][@id]"):
        cited.setdefault(link.get("href"), []).append(f"#{link.get('id')}")
    assert sorted(len(ids) for ids in cited.values()) == [1, 3]
    for href, ids in cited.items():
        entry = tree.get_element_by_id(href[1:])
        links = entry.xpath(".//a[@role='doc-backlink']")
        assert [link.get("href") for link in links] == sorted(ids)
        seen = [f" ({letter})" for letter in "abc"] if len(ids) > 1 else [""]
        wanted = [f"Back to citation {number}{letter}" for number, letter in enumerate(seen, 1)]
        assert [link.get("aria-label") for link in links] == wanted


def test_each_note_leads_back_to_its_mark(tree):
    (back,) = tree.xpath("//*[@id='fn-1']//a[@role='doc-backlink']")
    assert tree.get_element_by_id(back.get("href")[1:]).get("role") == "doc-noteref"
    assert back.get("aria-label") == "Back to note 1 in the text"


def test_a_reference_stands_in_the_page_once(shown):
    assert shown[0].decode().count("Reine Rechtslehre") == 1


@pytest.mark.parametrize("text", ["::: {#refs}\n:::\n\n# Later\n\nAs @kelsen1957 says.\n"])
def test_a_list_in_the_middle_leads_to_what_follows_it(text, tmp_path):
    data, prepared = made(tmp_path, f"{CITING}See @kelsen1957.\n\n{text}", show="100%")
    entry = parser.fromstring(data).get_element_by_id("ref-kelsen1957")
    assert len(entry.xpath(".//a[@role='doc-backlink']")) == 2
    assert b"<!--" not in data
    assert told(data, prepared) == []


# -- what can be scrolled --------------------------------------------------------------------------------


def test_what_can_be_scrolled_is_a_region_with_a_name_of_its_own(tree):
    regions = tree.xpath("//*[@role='region']")
    names = [
        one.get("aria-label") or words(tree.get_element_by_id(one.get("aria-labelledby"))) for one in regions
    ]
    assert len(names) == len(set(names)) == 5
    assert "Table 1: With a caption" in names
    assert all(one.get("tabindex") == "0" for one in regions)
    assert all(table.getparent().get("role") == "region" for table in tree.iter("table"))


def test_ids_are_the_elements_own(tree):
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for name in tree.xpath("//@aria-labelledby"):
        assert name in ids


# -- the gate --------------------------------------------------------------------------------------------


def test_the_gate_tells_its_numbers_to_readers_and_to_programs(tree, shown):
    (gate,) = tree.find_class("gate")
    percent = shown[1].cut.percent
    assert words(gate).startswith(
        f"You’re {percent}% through this paper. Sign up to read the remaining 1 section."
    )
    assert gate.xpath(".//progress/@value") == [str(percent)]
    assert gate.xpath(".//progress/@aria-label")
    assert words(gate).endswith("Already a member? Log in")


def test_words_of_ones_own_stand_at_the_gate(tmp_path):
    call = {
        "line": "{sections} left <of> {percent}",
        "sign-up": "Join & read",
        "member": "Back?",
        "log-in": "Enter",
        "advice": "Ask.",
    }
    data, prepared = made(tmp_path, show="70%", cut="section", call=call)
    root = parser.fromstring(data)
    assert words(
        root.find_class("gate")[0]
    ) == f"1 left <of> {prepared.cut.percent}% 70% Join & read Back? Enter".replace(
        "70%", f"{prepared.cut.percent}%"
    )
    assert words(root.find_class("advice")[0]) == "Ask."
    assert told(data, prepared) == []


@pytest.mark.parametrize("lang", ["de", "ru", "fa", "zh-CN"])
def test_the_page_speaks_the_papers_language(lang, tmp_path):
    data, prepared = made(tmp_path, TEXT.replace("en-GB", lang), study=STUDY, show="70%")
    assert told(data, prepared) == []
    text = words(parser.fromstring(data).find(".//main"))
    for english in ("Sign up", "Cite this", "Study notes", "Copy"):
        assert english not in text


def test_words_in_english_are_marked_where_the_paper_is_in_a_language_that_has_none(tmp_path):
    data, prepared = made(tmp_path, TEXT.replace("en-GB", "yi"), study=STUDY, show="70%", cut="section")
    root = parser.fromstring(data)
    assert root.getroottree().getroot().get("dir") == "rtl"
    for name in ("sign-up", "gate-line", "advice"):
        (inner,) = root.find_class(name)[0]
        assert (inner.get("lang"), inner.get("dir")) == ("en", "ltr")
    assert told(data, prepared) == []


@pytest.mark.parametrize("others", ["", "  - {name: רות לוי}\n", "  - {name: Ruth Levy}\n"])
@pytest.mark.parametrize("affiliation", ["", ", affiliation: האוניברסיטה העברית"])
def test_names_from_right_to_left_are_found_among_other_words(tmp_path, others, affiliation):
    author = f"  - {{name: דוד כהן{affiliation}}}\n{others}"
    text = TEXT.replace("en-GB", "he").replace(
        "  - {name: Ana Silva, affiliation: University of X}\n", author
    )
    data, prepared = made(tmp_path, text, show="70%", cut="section")
    assert told(data, prepared) == []
    unnamed = data.replace('<p class="author">דוד כהן'.encode(), '<p class="author">דנה כהן'.encode())
    assert unnamed != data
    assert any("דוד כהן is not named" in message for message in told(unnamed, prepared))


# -- the contents list -----------------------------------------------------------------------------------


def test_a_page_of_three_sections_has_a_contents_list_unasked(tree, tmp_path):
    assert [words(link) for link in tree.xpath("//nav//a")] == ["One", "Two", "Three", "References"]
    data, _ = made(tmp_path, "# One\n\nText.\n\n# Two\n\nText.\n")
    assert b'class="contents"' not in data


def test_titles_of_withheld_sections_are_no_links_and_only_where_asked_for(tree, tmp_path):
    assert not tree.find_class("locked")
    data, prepared = made(tmp_path, show="70%", cut="section", outline="titles")
    (locked,) = parser.fromstring(data).find_class("locked")
    assert words(locked) == "Four Members only"
    assert not locked.xpath(".//a")
    assert told(data, prepared) == []


def test_withheld_sections_are_listed_before_the_reference_list_that_ends_the_paper(tmp_path):
    data, _ = made(tmp_path, show="70%", cut="section", outline="titles")
    listed = [words(entry) for entry in parser.fromstring(data).xpath("//nav//li")]
    assert listed[-2:] == ["Four Members only", "References"]
    assert listed.count("References") == 1


# -- one file that needs nothing -------------------------------------------------------------------------


def test_the_content_policy_names_the_exact_style_and_script(shown):
    text = shown[0].decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert text.index("Content-Security-Policy") < text.index("<style>")


def test_nothing_in_the_page_is_against_the_content_policy(tree):
    assert not tree.xpath("//@style")
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")


def test_the_script_is_small_and_the_page_too(shown):
    data, _ = shown
    script = re.findall(rb"<script>(.*?)</script>", data, re.DOTALL)[0]
    assert len(script) < 6 * 1024
    assert len(data) < 60 * 1024 + 1.5 * len(parser.fromstring(data).xpath("string(//article)"))


def test_the_members_page_has_all_and_no_gate(tmp_path):
    data, prepared = made(tmp_path, form=MEMBERS, study=STUDY, show="70%", cut="section")
    root = parser.fromstring(data)
    assert not root.find_class("gate")
    assert "long enough to be withheld" in words(root)
    assert told(data, prepared) == []


@pytest.mark.parametrize(
    ("lang", "date", "shown"),
    [
        ("en-GB", "2025-03-14", "14 March 2025"),
        ("en-US", "2025-03-14", "March 14, 2025"),
        ("de", "2025-03", "März 2025"),
        ("zh", "2025-03-14", "2025年3月14日"),
        ("fr", "2025", "2025"),
        ("en", "Spring 2025", "Spring 2025"),
        ("en", "2025-02-31", "2025-02-31"),
    ],
)
def test_a_date_in_digits_is_written_in_words_of_the_language(lang, date, shown, tmp_path):
    document = resolved(tmp_path, f"---\ntitle: T\nlang: {lang}\ndate: {date}\n---\n\nText.\n")
    prepared = MEMBERS.prepare(document, Options())
    data = MEMBERS.write(prepared, Options(), load("article", tmp_path)).data
    (place,) = parser.fromstring(data).xpath("//p[@class='date']")
    assert place.text_content() == shown
    assert errors(compare("page", prepared.promised, MEMBERS.read(data))[1]) == []
    harmed = data.replace(shown.encode(), b"1 April 1925")
    assert "statements" in {f.check for f in compare("page", prepared.promised, MEMBERS.read(harmed))[1]}
