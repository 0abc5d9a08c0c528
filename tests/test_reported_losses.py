"""Losses that users of other tools have met: the words are in every file, or a finding names the line.

The finished files are opened by readers that are none of ours: pandoc for Word and web, PDFium for the PDF.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from dataclasses import dataclass
from typing import Any

import pypandoc
import pypdfium2
import pytest
from tests.helpers import Exported, export, exported, parsed, picture, put

from paperbuild.model import Finding, Source
from paperbuild.parse import swallowed
from paperbuild.parse.source import texts
from paperbuild.pipeline import Job

pytestmark = pytest.mark.slow

FORMATS = ("pdf", "docx", "preview")
ALL = "paperbuild: {preview: {show: 100%}}\n"
HEAD = f"---\nbibliography: refs.bib\n{ALL}---\n\n"
PICTURES = {"a.png": picture()}


@dataclass(frozen=True)
class Seen:
    """What other readers see in the files of one export, and what we said of the manuscript."""

    export: Exported
    words: dict[str, str]
    """By format, the letters of everything that can be read."""
    pictures: dict[str, int]
    findings: tuple[Finding, ...]

    def everywhere(self, text: str) -> bool:
        """True where every file holds the text; else the assertion names the file."""
        for name, words in self.words.items():
            assert letters(text) in words, f"{name} has no «{text}»"
        return True

    def nowhere(self, text: str) -> bool:
        return not any(letters(text) in words for words in self.words.values())

    def count(self, text: str) -> set[int]:
        """How often the files hold the text."""
        return {words.count(letters(text)) for words in self.words.values()}

    def said(self, where: str, *words: str) -> Finding:
        """The one finding at a line that says all these words."""
        near = [f for f in self.findings if f.where == where]
        found = [f for f in near if all(word in f.message for word in words)]
        assert len(found) == 1, [(f.where, f.message) for f in (near or self.findings)]
        return found[0]


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def seen(done: Exported) -> Seen:
    """The export's files, opened by others."""
    pdf = pypdfium2.PdfDocument(done.data("pdf"))
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    drawn = [one for page in pdf for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
    docx, preview = pandoc("docx", done.data("docx")), pandoc("html", bare(done.data("preview")))
    words = {"pdf": " ".join(pages), "docx": " ".join(strings(docx)), "preview": " ".join(strings(preview))}
    return Seen(
        done,
        {name: letters(text) for name, text in words.items()},
        {"pdf": len(drawn), "docx": drawings(done.data("docx")), "preview": images(preview)},
        done.plan.document.findings,
    )


def pandoc(reader: str, data: bytes) -> Any:
    command = [pypandoc.get_pandoc_path(), "+RTS", "-M1G", "-RTS", "--sandbox", "-f", reader, "-t", "json"]
    return json.loads(subprocess.run(command, input=data, capture_output=True, check=True, timeout=60).stdout)


def bare(page: bytes) -> bytes:
    return re.sub(rb"(?s)<(style|script)\b.*?</\1>", b"", page)


def strings(value: Any) -> list[str]:
    """The words, code and TeX of pandoc's JSON."""
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    if not isinstance(value, dict):
        return []
    match value.get("t"):
        case "Str":
            return [value["c"]]
        case "Code" | "CodeBlock" | "Math":
            return [value["c"][1]]
    return [text for item in value.values() for text in strings(item)]


def images(value: Any) -> int:
    return json.dumps(value).count('"t": "Image"')


def drawings(data: bytes) -> int:
    """The pictures of a Word document; pandoc's reader does not open those in notes."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return sum(package.read(f"word/{part}.xml").count(b"<a:blip ") for part in ("document", "footnotes"))


def made(
    factory: pytest.TempPathFactory, text: str, files: Any = None, style: str = "chicago-author-date"
) -> Seen:
    return seen(exported(factory.mktemp("losses"), text, FORMATS, style, {**PICTURES, **(files or {})}))


# -- what arrives ----------------------------------------------------------------------------------------

WHOLE = (
    HEAD
    + r"""# Notes

A claim [@kelsen1957, p. 3^[Innermost remark.]] and a second one [see^[Prefixed remark.] @price1965].
As @eco2015 [p. 5^[Textual remark.]] says.[^outer]
A note refers to a note defined below [@eco2015, p. 6[^late]].

[^outer]: Outer words [@eco2015, p. 7^[Deepest remark.]] end.

[^late]: Latest remark.

Twice[^twice] and again[^twice].

[^twice]: Shared remark.

A long note.[^long]

[^long]: First paragraph of it.

	Second paragraph after a tab.

	- Listed remark
	- Another listed remark

	Third ![Pictured remark](a.png) paragraph with $a+b$ and `coded remark`.

A note with a figure.[^figure]

[^figure]: Before the figure.

    ![Noted caption](a.png)

# Tables

<table>
<tr><th colspan="2">Wideheading</th><th>Thirdheading</th></tr>
<tr><td rowspan="2">Tallcell</td><td>Acell</td><td>Bcell</td></tr>
<tr><td>Ccell</td><td>Dcell</td></tr>
<tr><td>Lonelycell</td></tr>
</table>

<pre>Preformatted line
  and its second</pre>

+---------------------+----------+
| Propertyhead        | Earth    |
+=============+=======+==========+
|             | min   | minus89  |
| Temperature +-------+----------+
| from 1961   | mean  | plus14   |
|             +-------+----------+
|             | max   | plus56   |
+-------------+-------+----------+

| Shortrow | Otherhead |
|----------|-----------|
| Onlycell |
| Bothone  | Bothtwo   |

| Column of long lines | Second column |
|---|---|
| A line longer than any page is wide: pandoc gives the columns widths of their own, longestend | Shortend |

# Pictures

![Paragraph caption](a.png)

- An item

  ![Listed caption](a.png)

- ![Tight caption](a.png)

| Picture | Words |
|---|---|
| ![Celled](a.png) | Besidewords |

![](a.png)

> ![Quoted caption](a.png)

![](a.png){fig-cap="Attributed caption" fig-alt="Described"}

::: {#tbl-q tbl-cap="Divided caption"}
| Qhead |
|---|
| Qcell |
:::

# TeX

\newcommand{\foo}[1]{\textbf{#1}}
\newcommand{\brand}{Brandword}
\newcommand{\QQ}{\mathbb{Q}}

\begin{quote}Environment words.\end{quote}

\textbf{Paragraph of TeX} alone.

\noindent{Switched words} and \foo{Macro words} and \brand{} in $\QQ$.

\centering{Centred words}

# Lists and lines

Firstterm
:   Firstmeaning

Secondterm

:   Secondmeaning

    Furthermeaning

| A line of verse
| another line of verse

- [ ] Undone task
- [x] Done task

Before the break.

\pagebreak

After the break. Emoji :smile: and 😀.

*[HTML]: Abbreviated words

...

After three dots. See [](#sec:named) and [](https://example.org/bare-address).

(@kelsen1957) argued so at the beginning of a paragraph.

# A named section {#sec:named}

<div class="x y" id="z">Divided words</div>
"""
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return made(tmp_path_factory, WHOLE)


def test_nothing_is_lost_that_can_be_kept(whole):
    assert [finding.message for finding in whole.findings if finding.severity == "error"] == []


@pytest.mark.parametrize("note", ["Innermost", "Prefixed", "Textual", "Deepest", "Latest"])
def test_a_note_in_a_citation_is_kept(note, whole):
    assert whole.everywhere(f"{note} remark")


@pytest.fixture(scope="module")
def in_notes(tmp_path_factory):
    return made(tmp_path_factory, WHOLE[: WHOLE.index("# Tables")], style="chicago-notes-bibliography")


@pytest.mark.parametrize("note", ["Innermost", "Prefixed", "Textual", "Deepest", "Latest"])
def test_a_note_in_a_citation_is_kept_where_citations_are_notes(note, in_notes):
    assert in_notes.everywhere(f"{note} remark")


@pytest.mark.parametrize(
    "words",
    [
        "First paragraph of it",
        "Second paragraph after a tab",
        "Another listed remark",
        "coded remark",
        "paragraph with",
    ],
)
def test_a_long_note_is_whole(words, whole):
    assert whole.everywhere(words)


def test_a_note_referred_to_twice_stands_twice_everywhere_and_it_is_said(whole):
    assert whole.count("Shared remark") == {2}
    finding = whole.said(line(WHOLE, "Twice[^twice]"), "[^twice]", "several times")
    assert finding.severity == "info"


def test_a_figure_in_a_note_keeps_its_caption(whole):
    assert whole.everywhere("Before the figure")
    assert whole.everywhere("Noted caption")


@pytest.mark.parametrize(
    "cell",
    [
        *("Wideheading", "Thirdheading", "Tallcell", "Acell", "Bcell", "Ccell", "Dcell", "Lonelycell"),
        *("Propertyhead", "Temperature", "from 1961", "minus89", "plus14", "plus56"),
        *("Shortrow", "Otherhead", "Onlycell", "Bothone", "Bothtwo", "longestend", "Shortend", "Besidewords"),
    ],
)
def test_a_cell_is_kept(cell, whole):
    assert whole.everywhere(cell)


def test_preformatted_html_is_kept(whole):
    assert whole.everywhere("Preformatted line and its second")


@pytest.mark.parametrize("caption", ["Paragraph", "Listed", "Tight", "Quoted", "Attributed", "Divided"])
def test_a_caption_is_kept(caption, whole):
    assert whole.everywhere(f"{caption} caption")


def test_no_picture_is_skipped(whole):
    assert whole.pictures == dict.fromkeys(FORMATS, WHOLE.count("(a.png)"))


@pytest.mark.parametrize(
    "words",
    ["Environment words", "Paragraph of TeX", "Switched words", "Macro words", "Brandword", "Centred words"],
)
def test_tex_is_kept(words, whole):
    assert whole.everywhere(words)


def test_no_macro_is_left_as_it_was_typed(whole):
    assert whole.nowhere("newcommand")
    assert whole.nowhere("QQ")
    assert b"\\QQ" not in bare(whole.export.data("preview"))


@pytest.mark.parametrize(
    "words",
    [
        *("Firstterm", "Firstmeaning", "Secondterm", "Secondmeaning", "Furthermeaning"),
        *("A line of verse", "another line of verse", "Undone task", "Done task"),
        *(
            "Before the break",
            "After the break",
            ":smile:",
            "Abbreviated words",
            "After three dots",
            "Divided words",
        ),
    ],
)
def test_lists_lines_and_breaks_are_kept(words, whole):
    assert whole.everywhere(words)


def test_a_link_without_words_is_given_some(whole):
    assert whole.everywhere("See “A named section” and https://example.org/bare-address")


def test_a_citation_at_the_beginning_of_a_paragraph_is_no_number(whole):
    assert whole.everywhere("(Kelsen (1957)) argued so")
    finding = whole.said(line(WHOLE, "(@kelsen1957)"), "(@kelsen1957)", "number of an example")
    assert finding.severity == "info"


def line(text: str, start: str) -> str:
    """``file:line`` of the line that begins so."""
    lines = [number for number, typed in enumerate(text.split("\n"), 1) if typed.startswith(start)]
    assert len(lines) == 1, lines
    return f"paper.md:{lines[0]}"


# -- what is reported ------------------------------------------------------------------------------------

BROKEN = (
    HEAD
    + r"""A note typed wrongly[^typo] and one never defined[^nowhere] and one in another.[^host]

[typo]: Words of the note that would be gone

[^host]: The host refers to a further note[^guest] here.

[^guest]: The guest has words that nobody would see.

[^idle]: Idle words that no mark refers to at all.

[Remark]: this line is taken for the address of a link

Glued[^glued] to its text.
[^glued]: Glued words follow directly.

| Left | Right |
|------|-------|
| one  | two   | Thirdcell |
| one  | `a|b` |
| $|x|$ | two  |
| three | four | |

| Wide | Head | Toomuch |
|---|---|
| 1 | 2 |

| Unruled | Table |
| five | six |

Paragraph before a table
| Direct | Cells |
|---|---|
| seven | eight |

Paragraph before a heading
## Lowheading

##Tightheading

Paragraph before a list:
- first point
- second point

See @fig:nothing and @tbl-none and \ref{absent} and [](#void) and [worded](#gone).

![Missing picture](missing.png)

A [link][unknown] leads nowhere.

A [link][twofold] leads somewhere.

[twofold]: https://example.org/first
[twofold]: https://example.org/second

# One {#same}

# Two {#same}

If a <b and c> d then more.

\unknowncommand{Raw words}

`Typst words`{=typst}

<video>Fallback words</video>

---
Observation: these words are metadata to pandoc
---

Paragraph before a division
::: warning
Divided.
:::

Before <!-- the first is never closed

Words in between are hidden.

<!-- the second is --> after it.

| x | y |
|---|---|
| 9 | 8 |
<!-- aside -->
| 7 | Cutrow |

```python
unclosed = "code"

Behind the code.

<!-- never closed at all
"""
)


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    return made(tmp_path_factory, BROKEN)


@pytest.mark.parametrize(
    ("start", "severity", "says", "hint"),
    [
        ("[typo]:", "error", ["[^typo]", "[typo]:"], "write [^typo]:"),
        ("A note typed", "error", ["[^nowhere]", "not defined"], "[^nowhere]:"),
        ("[^host]", "error", ["[^guest]", "another note"], "into the text"),
        ("[^guest]", "error", ["The guest has words", "no part"], "[^guest]"),
        ("[^idle]", "error", ["idle", "not used"], "[^KEY]"),
        ("[Remark]", "error", ["[Remark]:", "this line is taken"], "[^Remark]:"),
        ("[^glued]", "error", ["[^glued]", "read as text"], "empty line"),
        ("| one  | two   | T", "error", ["Thirdcell", "columns (2)"], "column"),
        ("| Wide", "error", ["Toomuch", "columns (2)"], "column"),
        ("| Unruled", "warning", ["Unruled", "no row of a table"], "|---|"),
        ("| Direct", "warning", ["Direct", "no row of a table"], "empty line"),
        ("## Lowheading", "warning", ["Lowheading", "no heading"], "empty line"),
        ("##Tightheading", "warning", ["Tightheading", "no heading"], "space"),
        ("- first point", "warning", ["first point", "no list"], "empty line"),
        ("See @fig", "error", ["fig:nothing", "leads nowhere"], "label"),
        ("See @fig", "error", ["tbl-none", "leads nowhere"], "label"),
        ("See @fig", "error", ["absent", "leads nowhere"], "label"),
        ("See @fig", "error", ["without words", "#void"], "id"),
        ("See @fig", "warning", ["worded", "#gone"], "id"),
        ("![Missing", "error", ["missing.png", "not there"], "name"),
        ("A [link][unknown]", "warning", ["[link][unknown]", "no link"], "[unknown]:"),
        ("[twofold]: https://example.org/second", "warning", ["twofold", "Duplicate"], "remove"),
        ("# Two", "warning", ["same", "Duplicate"], "another id"),
        ("If a <b", "error", ["and c", "<b and c>"], "\\<"),
        ("\\unknown", "error", ["unknowncommand"], "Markdown"),
        ("`Typst", "error", ["Typst words"], "Markdown"),
        ("<video>", "error", ["<video>"], "Markdown"),
        ("::: warning", "warning", ["::: warning", "no fence"], "empty line"),
        ("Before <!--", "warning", ["Words in between"], "-->"),
        ("| 7 |", "warning", ["Cutrow", "no row of a table"], "|---|"),
        ("```python", "warning", ["```python", "nothing closes it"], "```"),
        ("<!-- never", "warning", ["<!--", "nothing closes it"], "-->"),
    ],
)  # fmt: skip
def test_what_would_be_lost_is_told_with_its_line(start, severity, says, hint, broken):
    finding = broken.said(line(BROKEN, start), *says)
    assert finding.severity == severity
    assert hint in finding.hint


def test_a_sentence_that_is_read_as_metadata_is_told(broken):
    number = int(line(BROKEN, "Observation:").split(":")[1]) - 1
    finding = broken.said(f"paper.md:{number}", "Observation: these words", "metadata")
    assert finding.severity == "warning"
    assert "empty line" in finding.hint


def test_no_line_is_reported_without_a_fault(broken):
    faulty = {finding.where for finding in broken.findings}
    for start in (
        "| one  | `a|b`",
        "| $|x|$",
        "| three",
        "Behind the code",
        "A [link][twofold]",
        "[twofold]: https://example.org/first",
    ):
        assert line(BROKEN, start) not in faulty, start


@pytest.mark.parametrize(
    "words",
    [
        *("[^typo]", "[^nowhere]", "Glued words follow directly", "Unruled", "Direct", "seven", "Lowheading"),
        *("Tightheading", "first point", "[@fig:nothing?]", "[@tbl-none?]", "[@absent?]", "[#void?]"),
        *("worded", "picture missing: Missing picture", "[link][unknown]", "\\unknowncommand{Raw words}"),
        *("Fallback words", "Divided"),
        *("Cutrow", 'unclosed = "code"', "Behind the code", "never closed at all"),
    ],
)  # fmt: skip
def test_what_stands_there_as_typed_stands_in_every_file(words, broken):
    assert broken.everywhere(words)


def test_no_question_marks_stand_for_a_reference(broken):
    assert not any("??" in text for text in (broken.export.data("preview").decode(), *broken.words.values()))


# -- several files ---------------------------------------------------------------------------------------


def test_notes_of_several_files_with_the_same_number_are_kept_apart(tmp_path):
    part = "# {0}\n\nText {0}[^1] with `[^1]` in code.\n\n[^1]: Remark of the {0} file.\n"
    settings = 'parts = ["one.md", "two.md"]\n[paperbuild.preview]\nshow = "100%"\n'
    put(
        tmp_path,
        {"one.md": part.format("First"), "two.md": part.format("Second"), "paperbuild.toml": settings},
    )
    found = seen(export(Job(tmp_path, formats=FORMATS, out=tmp_path / "dist")))
    assert found.count("Remark of the First file") == {1}
    assert found.count("Remark of the Second file") == {1}
    assert found.everywhere("with [^1] in code")
    assert found.findings == ()


def test_notes_of_included_files_with_the_same_number_are_told(tmp_path_factory):
    files = {
        "one.md": "One[^1].\n\n[^1]: First words of it.\n",
        "two.md": "Two[^1].\n\n[^1]: Other words of it.\n",
    }
    found = made(
        tmp_path_factory,
        f"---\n{ALL}---\n\n{{{{< include one.md >}}}}\n\n{{{{< include two.md >}}}}\n",
        files,
    )
    messages = [finding.message for finding in found.findings if finding.severity == "error"]
    assert any("Duplicate note reference '1'" in message for message in messages)


# -- contents --------------------------------------------------------------------------------------------


def test_headings_in_divisions_are_in_the_contents_and_the_outline(tmp_path_factory):
    text = (
        f"---\ntoc: true\n{ALL}---\n\n# First heading\n\nText.\n\n::: box\n## Boxed heading\n\nText.\n\n"
        "::: inner\n### Deep heading^[A note.]\n\nText.\n:::\n:::\n\n> # Quoted heading\n\n# Last heading\n"
    )
    found = made(tmp_path_factory, text)
    for name in ("First", "Boxed", "Deep", "Quoted", "Last"):
        assert found.count(f"{name} heading") == {2}
    pdf = pypdfium2.PdfDocument(found.export.data("pdf"))
    titles = [mark.get_title().split()[0] for mark in pdf.get_toc()]
    assert titles == ["First", "Boxed", "Deep", "Quoted", "Last"]


# -- references ------------------------------------------------------------------------------------------

INLINE = """\
references:
- {id: cited, type: book, title: Known Title, author: [{family: Alpha}], issued: 2001}
- {id: idle, type: book, title: Idle Title, author: [{family: Beta}], issued: 2002}
"""


@pytest.mark.parametrize(
    "files",
    [
        {"_quarto.yml": "nocite: '@*'\nbibliography: refs.bib\n"},
        {"paperbuild.toml": "nocite = '@*'\nbibliography = 'refs.bib'\n"},
        {
            "paperbuild.toml": "metadata-files = 'more.yaml'\n",
            "more.yaml": "nocite: |\n  @*\nbibliography: refs.bib\n",
        },
    ],
)
def test_nocite_beside_the_manuscript_lists_whole_entries(files, tmp_path_factory):
    found = made(tmp_path_factory, f"---\n{ALL}---\n\nText.\n", files)
    for title in (
        "Reine Rechtslehre",
        "How to Write a Thesis",
        "Networks of Scientific Papers",
        "Uncited Things",
    ):
        assert found.everywhere(title)
    assert found.findings == ()


def test_a_key_under_nocite_that_is_none_is_told(tmp_path_factory):
    head = f"---\nbibliography: refs.bib\n{ALL}nocite: '@kelsen1975, @eco2015'\n---\n\nText.\n"
    found = made(tmp_path_factory, head)
    assert "kelsen1957" in found.said(line(head, "nocite:"), "kelsen1975", "nocite").hint
    assert found.everywhere("How to Write a Thesis")
    without = head.replace("'@kelsen1975, @eco2015'", "kelsen1957")
    assert "@" in made(tmp_path_factory, without).said(line(without, "nocite:"), "kelsen1957").hint


def test_references_in_the_front_matter_are_listed_where_they_are_cited(tmp_path_factory):
    found = made(tmp_path_factory, f"---\n{ALL}{INLINE}---\n\nAs @cited says.\n")
    assert found.everywhere("Known Title")
    assert found.nowhere("Idle Title")
    assert any("idle" in finding.message and "never cited" in finding.message for finding in found.findings)
    assert made(tmp_path_factory, f"---\n{ALL}{INLINE}nocite: '@*'\n---\n\nText.\n").everywhere("Idle Title")


def test_a_bibliography_of_which_nothing_is_cited_is_told(tmp_path_factory):
    text = HEAD + "Text alone.\n\n# References\n"
    finding = made(tmp_path_factory, text).said("paper.md:2", "nothing of the bibliography is cited")
    assert finding.severity == "warning"
    assert "nocite" in finding.hint


def test_citations_that_begin_a_line_are_citations(tmp_path_factory):
    text = HEAD + "Said by\n@doe2001. It is so.\n\n@eco2015. It is not.\n\n(@kelsen1957) doubts it.\n"
    found = made(tmp_path_factory, text)
    for words in (
        "Doe (2001). It is so",
        "Eco (2015). It is not",
        "(Kelsen (1957)) doubts it",
        "Uncited Things",
    ):
        assert found.everywhere(words)
    assert found.said(line(text, "@eco2015."), "@eco2015.", "number of an example").severity == "info"


def test_a_citation_that_begins_a_line_among_examples_is_told(tmp_path_factory):
    text = HEAD + "(@good) An example.\n\n(@kelsen1957) doubts it, as (@good) shows.\n"
    finding = made(tmp_path_factory, text).said(line(text, "(@kelsen1957)"), "kelsen1957 is not cited")
    assert finding.severity == "error"
    assert "\\(@kelsen1957)" in finding.hint


# -- front matter ----------------------------------------------------------------------------------------


def test_words_that_yaml_takes_for_truth_or_numbers_stay_as_they_are(tmp_path_factory):
    head = (
        "---\ntitle: no\nsubtitle: 1.10\nauthor: [No, Yes Sir]\ndate: 2024-05-01\n"
        f"keywords:\n- on\n- off # a word\nlang: no\nabstract: |\n  title: no\n{ALL}---\n\nText.\n"
    )
    found = made(tmp_path_factory, head)
    front = found.export.plan.document.front
    assert [front.title[0]["c"], front.subtitle[0]["c"], *(author.name for author in front.authors)] == [
        *("no", "1.10", "No", "Yes Sir")
    ]  # fmt: skip
    assert front.keywords == ("on", "off")
    assert found.export.plan.document.lang == "no"
    for words in ("1.10", "No", "Yes Sir", "on, off", "title: no"):
        assert found.everywhere(words)
    assert found.words["docx"].startswith("no")


# -- long tables -----------------------------------------------------------------------------------------


def test_no_row_of_a_long_table_is_cut_at_the_end_of_a_page(tmp_path_factory):
    rows = [f"| Row{number}x | Value{number}y, which says so in a few more words |" for number in range(120)]
    text = "\n".join(
        [f"---\n{ALL}---\n", "| Name | Worth |", "|:-----|:---------------|", *rows, "", ": Long", ""]
    )
    found = made(tmp_path_factory, text)
    for number in range(120):
        assert (
            found.count(f"Row{number}x")
            == found.count(f"Value{number}y, which says so in a few more words")
            == {1}
        )
    assert len(pypdfium2.PdfDocument(found.export.data("pdf"))) > 2


# -- swallowed words -------------------------------------------------------------------------------------


KEPT = r"""
Plain *words* and **strong ones**, `code here`, $x_1 + y$ and [a link](https://example.org/a%20b?c=d).
=====
A [link][some key of it] and [shortcut] here.

[some key of it]: https://a.b/c "A title of it"
[shortcut]: <https://a.b>
=====
One[^a-key-of-words] and ^[inline note].

[^a-key-of-words]: Text of it.
=====
<!-- A comment of many words

over several lines -->

Text.
=====
::: {.class-one .class-two #an-id key='some words here'}
Text.
:::
=====
<div class="one two" id="three" data-x="four five">

Text.

</div>
=====
+------------+------------+
| one two    | three four |
| five six   | seven      |
+------------+------------+
=====
  First col   Second col
  ----------  -----------
  one two     three four
  five six    seven
=====
Table: Short caption

| a | b |
|---|---|
| 1 | 2 |
=====
(1) First item
(2) Second item

a. Third item
b. Fourth item
=====
Text &amp; more &nbsp; of &copy; it&#39;s 50% in `a` two words `b` and two `c` more.
=====
```{.python #one .two key="three four five"}
code
```
=====
[@eco2015; @kelsen1957, p. 5; see @price1965] and @doe2001 [chap. 3].
=====
书已经翻开,但纸页,仍然是白的。

第二段,也在,这里。
""".split("=====\n")


@pytest.mark.parametrize("text", KEPT)
def test_words_that_are_there_are_not_called_lost(text, tmp_path):
    found = [f.message for f in parsed(tmp_path, text).findings]
    assert not [message for message in found if "in no part of the document" in message]


def test_words_that_nothing_else_explains_are_told_once_for_a_group_of_lines(tmp_path):
    note = "[^x]: Words that stand in\n    no part of it.\n\n    And more of them here.\n"
    text = f"Text.\n\n[ a key]: <http://a.b>\n\n{note}"
    findings = swallowed.findings(texts([Source(tmp_path, "paper.md", text)]), [], "text")
    (finding,) = findings
    assert (finding.severity, finding.where) == ("error", "paper.md:5")
    assert "Words that stand in no part of it And more of them here" in finding.message
