"""A paper for a class, its handouts opened again, and what is measured on their pages."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import docx
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image
from tests.helpers import Exported
from tests.layouts.pages import Pages

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

PAPER = """---
title: Being Contradicted
author: Ada Berg
date: 2025-09-15
lang: en-US
abstract: Why a belief that nobody attacks turns into a *habit* of speech.
bibliography: refs.bib
paperbuild:
  course: Philosophy 104
  instructor: Ada Berg
  institution: Larkfield College
  due: 2025-09-22
  study:
    structure: Two witnesses, then an objection.
    questions: [What should decide which of two beliefs you give up?, Who gains from silence?]
    terms:
      - {term: Elenchus, meaning: Cross-examination by a person's own answers.}
      - {term: Dogma, meaning: ""}
---

# Being examined

Socrates has a way of talking that his partners find *maddening*. He asks for an opinion, gets it, asks for
agreement to some further statements, and shows that the whole set cannot be true together [@kelsen1957].

::: {.callout-tip title="Read it aloud"}
The dialogues were written for voices.

- One reader for each part.
:::

::: warning
A refuted opinion may still be true.
:::

Why should being examined be good?[^n] One answer is that it is good for the person who is examined.

[^n]: We do not raise hands.

## A measure

Say that two people agree on a share of statements,

$$ p = \\frac{a}{a+b} $$

> If all mankind were of one opinion.

# Being silenced

1. The silenced opinion may be true.

And even if it is wholly false [@eco2015], the true opinion needs it.

What nobody attacks is soon said by heart.
"""


@dataclass(frozen=True)
class Words:
    """A run of text as a page shows it."""

    text: str
    page: int
    size: float
    """Points."""
    font: str
    left: float
    baseline: float


@dataclass(frozen=True)
class Made:
    """One handout in both formats, opened again."""

    export: Exported
    words: tuple[Words, ...]
    pages: int
    word: docx.document.Document

    @property
    def paragraphs(self) -> list[str]:
        """The texts of Word's paragraphs."""
        return [paragraph.text for paragraph in self.word.paragraphs if paragraph.text.strip()]

    @cached_property
    def lines(self) -> Pages:
        """The PDF's lines."""
        return Pages(self.export.data("pdf"))

    def starting(self, beginning: str) -> Words:
        """The first run that begins so."""
        return next(one for one in self.words if one.text.strip().startswith(beginning))

    def width(self, text: str) -> float:
        """Points from the first letter of a text to its last."""
        page = self.starting(text).page
        shown = pypdfium2.PdfDocument(self.export.data("pdf"))[page].get_textpage()
        start, count = shown.search(text).get_next()
        return float(shown.get_charbox(start + count - 1)[2] - shown.get_charbox(start)[0])

    def style(self, name: str) -> Any:
        """A style of the Word document."""
        return self.word.styles[name]


def opened(export: Exported) -> Made:
    """What the files of an export show."""
    document = pypdfium2.PdfDocument(export.data("pdf"))
    objects = [(number, one) for number, page in enumerate(document) for one in page.get_objects(max_depth=4)]
    words = [_words(one, page) for page, one in objects if one.type == pdfium.FPDF_PAGEOBJ_TEXT]
    return Made(
        export,
        tuple(one for one in words if one.text.strip()),
        len(document),
        docx.Document(io.BytesIO(export.data("docx"))),
    )


def _words(one: pypdfium2.PdfObject, page: int) -> Words:
    size, text_page = ctypes.c_float(), one.page.get_textpage()
    pdfium.FPDFTextObj_GetFontSize(one.raw, size)
    matrix = one.get_matrix()
    length = pdfium.FPDFTextObj_GetText(one.raw, text_page.raw, None, 0)
    text = ctypes.create_string_buffer(length)
    pdfium.FPDFTextObj_GetText(
        one.raw, text_page.raw, ctypes.cast(text, ctypes.POINTER(ctypes.c_ushort)), length
    )
    font = pdfium.FPDFTextObj_GetFont(one.raw)
    name = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, name, 256)
    return Words(
        text.raw[:-2].decode("utf-16-le", "replace"),
        page,
        size.value * matrix.a,
        name.value.decode(),
        matrix.e,
        matrix.f,
    )


def rules(made: Made, page: int, *, upright: bool) -> list[float]:
    """Where rules stand through most of a page as it looks: points from its left edge, or from its foot."""
    scale = 3
    shown = pypdfium2.PdfDocument(made.export.data("pdf"))[page].render(scale=scale, grayscale=True).to_pil()
    ink = shown.point(lambda value: 255 if value < 200 else 0)
    width, height = ink.size
    along = ink.crop((0, height // 5, width, height * 3 // 4)) if upright else ink
    line = along.resize((width, 1) if upright else (1, height), Image.Resampling.BOX)
    found = [place for place, share in enumerate(line.tobytes()) if share > 240]
    return [(place if upright else height - place) / scale for place in found]


def letters(made: Made) -> Iterator[Words]:
    """The runs in which words stand: neither marks of notes nor formulas."""
    return (one for one in made.words if re.search(r"[A-Za-z]{2}", one.text))


def gaps(made: Made, beginning: str, lines: int = 2) -> list[float]:
    """Distances of the lines of a paragraph, from the one that begins so."""
    first = made.starting(beginning)
    below = sorted({round(one.baseline, 1) for one in made.words if one.page == first.page}, reverse=True)
    place = below.index(round(first.baseline, 1))
    return [
        above - under for above, under in zip(below[place:], below[place + 1 : place + lines], strict=False)
    ]
