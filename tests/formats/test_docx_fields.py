"""Fields of Word documents: numbers that Word counts, references that follow them, none that would lie."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree
from tests.helpers import errors, exported, picture

from paperbuild.formats.docx.read import read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FRONT = "---\ntitle: Fields\nlang: {lang}\nnumber-sections: {numbers}\n---\n\n"
TEXT = """# One {#sec:one}

See @fig:x, [Fig. @fig:x], @tbl:y, @eq:z, (-@eq:z), @lst:l, @sec:two and @fig:w.[^1]

![A picture](a.png){#fig:x}

![Later](a.png){#fig:w}

| a | b |
|---|---|
| 1 | 2 |

: The table {#tbl:y}

$$ e = mc^2 $$ {#eq:z}

```{#lst:l .python caption="Code"}
print(1)
```

# Two *with* stars {#sec:two}

As in @sec:one, and [elsewhere](#fig:x).

[^1]: A note on @fig:x.
"""


def made(folder, text, *, lang="en-GB", numbers="true"):
    front = FRONT.format(lang=lang, numbers=numbers)
    done = exported(folder, front + text, ["docx"], files={"a.png": picture()})
    assert errors(done.report.findings) == []
    return done.data("docx")


def shown(data, name="word/document.xml"):
    """The paragraphs of a part, fields as ``⟦instruction|result⟧``, without the switches that all have."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))
    signs = {"begin": "⟦", "separate": "|", "end": "⟧"}
    lines = []
    for paragraph in root.iter(f"{W}p"):
        nodes = paragraph.iter(f"{W}t", f"{W}instrText", f"{W}fldChar")
        pieces = [
            signs[n.get(f"{W}fldCharType", "")] if n.tag == f"{W}fldChar" else n.text or "" for n in nodes
        ]
        line = "".join(pieces).replace("\u00a0", " ")
        lines.append(re.sub(r" (\\\* (ARABIC|MERGEFORMAT)|\\h)", "", line).replace(" |", "|"))
    return lines


def bookmarked(data):
    """The text of each bookmark that a field points to."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    found = {}
    for start in root.iter(f"{W}bookmarkStart"):
        if start.get(f"{W}name", "").startswith("_Ref"):
            text = ""
            for other in start.itersiblings():
                if other.tag == f"{W}bookmarkEnd" and other.get(f"{W}id") == start.get(f"{W}id"):
                    break
                text += "".join(node.text or "" for node in other.iter(f"{W}t"))
            found[start.get(f"{W}name")] = text.replace("\u00a0", " ")
    return found


def changed(data, *, old, new):
    """The document with a text of its main part replaced everywhere."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(output, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == "word/document.xml":
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            target.writestr(name, text)
    return output.getvalue()


def test_numbers_are_sequences_and_references_repeat_them(tmp_path):
    data = made(tmp_path, TEXT)
    lines = shown(data)
    assert "Figure ⟦ SEQ Figure|1⟧: A picture" in lines
    assert "Table ⟦ SEQ Table|1⟧: The table" in lines
    assert "(⟦ SEQ Equation|1⟧)" in lines
    assert "Listing ⟦ SEQ Listing|1⟧: Code" in lines
    text = next(line for line in lines if line.startswith("See "))
    names = bookmarked(data)
    told = re.sub(r"⟦ REF (_Ref\d+)\|(.*?)⟧", lambda field: f"<{names[field[1]]}={field[2]}>", text)
    assert told == (
        "See <Figure 1=Figure 1>, Fig. <1=1>, <Table 1=Table 1>, Equation <1=1>, (<1=1>), "
        "<Listing 1=Listing 1>, Section <2=2> and <Figure 2=Figure 2>."
    )
    assert any("⟦ REF _Ref" in line and "Figure 1⟧" in line for line in shown(data, "word/footnotes.xml"))


def test_a_sequence_goes_on_behind_an_equation_with_two_numbers(tmp_path):
    two = "\\begin{aligned} a &= b \\label{eq:m} \\\\ c &= d \\label{eq:n} \\end{aligned}"
    lines = shown(made(tmp_path, f"$$ {two} $$\n\n$$ e = f $$ {{#eq:o}}\n\n$$ g = h $$ {{#eq:p}}\n"))
    numbers = [line for line in lines if "(" in line]
    assert numbers == [
        "(1–2)",
        "(⟦ SEQ Equation \\r 3|3⟧)",
        "(⟦ SEQ Equation|4⟧)",
    ]


def test_a_reference_to_a_title_repeats_the_title_within_its_quotes(tmp_path):
    data = made(tmp_path, TEXT, numbers="false")
    text = next(line for line in shown(data) if line.startswith("As in"))
    (name, title) = next((name, title) for name, title in bookmarked(data).items() if title == "One")
    assert text == f"As in “⟦ REF {name}|{title}⟧”, and elsewhere."


def test_sequences_have_the_words_of_the_language(tmp_path):
    lines = shown(made(tmp_path, TEXT, lang="de"))
    assert "Abbildung ⟦ SEQ Abbildung|1⟧: A picture" in lines
    assert "Tabelle ⟦ SEQ Tabelle|1⟧: The table" in lines


@pytest.mark.parametrize(
    "text",
    [
        'See @fig:a.\n\n<div id="fig:s">\n![one](a.png){#fig:a}\n\n![two](a.png){#fig:b}\n\nBoth\n</div>\n',
        "See [the drawing](#fig:x).\n\n![A picture](a.png){#fig:x}\n",
        "![Figure 7. Numbered by hand](a.png)\n",
        "# On $x$ {#sec:x}\n\nSee [On x](#sec:x).\n",
    ],
)
def test_what_word_would_compute_otherwise_stays_text(tmp_path, text):
    lines = shown(made(tmp_path, text, numbers="false"))
    assert not any("REF" in line for line in lines)
    assert not any("SEQ Figure|7" in line for line in lines)


def test_a_tag_is_no_count_but_can_be_repeated(tmp_path):
    data = made(tmp_path, 'See @eq:t.\n\n$$ a = b $$ {#eq:t tag="B.1"}\n', numbers="false")
    assert set(bookmarked(data).values()) == {"B.1"}
    assert not any("SEQ" in line for line in shown(data))


def test_a_reference_to_a_bookmark_that_is_gone_is_an_error(tmp_path):
    data = made(tmp_path, TEXT)
    lost = changed(data, old='w:name="_Ref000000001"', new='w:name="_Ref900000000"')
    said = errors(read(lost).findings)
    assert said == ["a field REF repeats the bookmark _Ref000000001, which is missing"] * len(said) != []


def test_a_reference_that_shows_another_number_than_stands_there_is_an_error(tmp_path):
    data = made(tmp_path, TEXT)
    assert errors(read(data).findings) == []
    wrong = changed(data, old="REF _Ref000000001 ", new="REF _Ref000000003 ")
    said = [one.replace("\u00a0", " ") for one in errors(read(wrong).findings)]
    assert said == ["a field shows “Figure 1”, but at its bookmark _Ref000000003 stands “Table 1”"]
