"""The title block as blocks, line by line as the layout wants it: one description for all formats on pages.

Each line is a ``Div`` whose class names its text style: ``title``, ``subtitle``, ``author``, ``affiliation``,
``date``, ``details``, ``author-note-title``, ``author-note``, ``abstract-title``, ``abstract``, ``keywords``;
and ``page-break``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import icu

from paperbuild import dates
from paperbuild.config import Options
from paperbuild.dress import author_note
from paperbuild.layouts import Layout
from paperbuild.model import Author, FrontMatter, ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

PAGE_BREAK = "page-break"
_SHORT = 24
"""Letters of a detail that stands in one line."""
_ENDS = frozenset(":.?!…–—：。？！؟")
"""Signs behind which no colon stands."""
_COLONS = {"fr": "\u00a0:", "zh": "：", "ja": "："}
"""The colon between title and subtitle, by language."""
_FIRST_SIGN = 0xE000
"""Signs for private use stand for names while ICU makes a list of them."""


def opening(document: ResolvedDocument, options: Options, layout: Layout) -> tuple[Node, ...]:
    """The blocks that stand before the text; a page break at their end where the text begins a page."""
    block = layout.title_block
    lines = _Lines(document, options, layout)
    result: list[Node] = []
    for name in block.lines:
        if name == "author" and _names_instructor(document.front, options, layout):
            continue
        made = list(lines.of(name))
        if block.details_in_line and made and result and _are_details(made[0], result[-1]):
            result[-1] = _joined(result[-1], made[0])
            continue
        if made and result and name == "abstract" and block.abstract_page:
            result.append(ast.div([], "", PAGE_BREAK))
        result += made
    if result and block.kind == "page":
        result.append(ast.div([], "", PAGE_BREAK))
    return tuple(result)


def again(document: ResolvedDocument, layout: Layout) -> list[Node]:
    """The title once more, over the text, where the layout wants it; its notes stand at the first one."""
    front = document.front
    if not layout.title_block.title_again or not front.title:
        return []
    inlines = list(front.title)
    if layout.title_block.subtitle_colon and front.subtitle:
        inlines = [*_with_colon(inlines, document.lang), {"t": "Space"}, *front.subtitle]
    inlines = ast.rewrite(inlines, lambda node: [] if node["t"] == "Note" else None)
    return [ast.div([ast.para(inlines)], "", "body-title")]


class _Lines:
    """Makes the lines of a title block; a line without words is none."""

    def __init__(self, document: ResolvedDocument, options: Options, layout: Layout) -> None:
        self.document = document
        self.front: FrontMatter = document.front
        self.options = options
        self.layout = layout
        self.asked = layout.title_block.lines

    def of(self, name: str) -> Iterator[Node]:
        """The blocks of one line."""
        match name:
            case "title":
                yield from _line(name, self._title())
            case "subtitle":
                yield from _line(name, self.front.subtitle)
            case "author":
                yield from self._named()
            case "affiliation":
                yield from (node for place in self._affiliations() for node in _line(name, place))
            case "date":
                yield from _line(name, self._dated(self.front.date))
            case "due":
                due = self._dated(ast.text(self.options.due)) if self.options.due else ()
                yield from _line(
                    "details", due or (() if "date" in self.asked else self._dated(self.front.date))
                )
            case "author-note":
                yield from self._author_note()
            case "abstract":
                yield from self._abstract()
            case "keywords":
                yield from self._keywords()
            case _:
                detail = getattr(self.options, name)
                yield from _line("details", ast.text(detail) if detail else ())

    def _title(self) -> Sequence[Node]:
        front, block = self.front, self.layout.title_block
        colon = block.subtitle_colon and "subtitle" in block.lines and front.title and front.subtitle
        return _with_colon(front.title, self.document.lang) if colon else front.title

    def _named(self) -> Iterator[Node]:
        """The names, in one line or each in its own."""
        names = self._authors()
        if self.layout.title_block.authors == "lines":
            yield from (node for one in names for node in _line("author", one))
        else:
            yield from _line("author", _listed(names, self.document.lang))

    def _authors(self) -> list[list[Node]]:
        """Each name, with the numbers of its affiliations where these differ."""
        places = self._numbered_places()
        parts: list[list[Node]] = []
        for author in self.front.authors:
            numbers = [str(places.index(place) + 1) for place in author.affiliations if place in places]
            parts.append([*ast.text(author.name), *_raised(",".join(numbers))])
        return parts

    def _affiliations(self) -> Iterator[list[Node]]:
        places = _places(self.front.authors)
        numbered = self._numbered_places()
        if not places and self.options.institution and "institution" not in self.asked:
            places = [self.options.institution]
        for number, place in enumerate(places, 1):
            yield [*_raised(f"{number}" if numbered else ""), *ast.text(place)]

    def _numbered_places(self) -> list[str]:
        """The places if they must be told apart by numbers."""
        alike = len({author.affiliations for author in self.front.authors}) < 2
        return [] if alike or "affiliation" not in self.asked else _places(self.front.authors)

    def _dated(self, date: Sequence[Node]) -> Sequence[Node]:
        form = self.layout.title_block.dates
        words = ast.plain(date).strip()
        if form == "typed" or not words:
            return date
        made = dates.written(words, self.document.lang, day_first=form == "day-first")
        return date if made == words else ast.text(made)

    def _author_note(self) -> Iterator[Node]:
        paragraphs = author_note.paragraphs(self.front.authors, self.document.lang)
        if paragraphs:
            yield from _line("author-note-title", ast.text(author_note.title(self.document.lang)))
        for words in paragraphs:
            yield from _line("author-note", ast.text(words))

    def _abstract(self) -> Iterator[Node]:
        if self.front.abstract:
            yield from _line("abstract-title", ast.text(self.document.terms["abstract"]))
            yield ast.div(_as_blocks(self.front.abstract), "", "abstract")

    def _keywords(self) -> Iterator[Node]:
        if self.front.keywords:
            label: Node = {"t": "Emph", "c": ast.text(f"{self.document.terms['keywords']}:")}
            words = ast.text(", ".join(self.front.keywords))
            yield from _line("keywords", [label, {"t": "Space"}, *words])


def _names_instructor(front: FrontMatter, options: Options, layout: Layout) -> bool:
    """True where the only author is the instructor, whom the line above names already."""
    block = layout.title_block
    told = block.details_in_line and "instructor" in block.lines
    return told and [author.name for author in front.authors] == [options.instructor]


def _are_details(*lines: Node) -> bool:
    return all(ast.classes(line) == ["details"] for line in lines)


def _joined(line: Node, other: Node) -> Node:
    """Two lines as one, with a dot between them, behind which the line may end; not within a short one."""
    (one,), (two,) = line["c"][1], other["c"][1]
    dot: list[Node] = [{"t": "Str", "c": "\u00a0·"}, {"t": "Space"}]
    return ast.div([ast.para([*_together(one["c"]), *dot, *_together(two["c"])])], "", "details")


def _together(inlines: Sequence[Node]) -> list[Node]:
    """The inlines without a place to break them, if they are as short as a date or a name."""
    if len(ast.plain(inlines)) > _SHORT:
        return list(inlines)
    return [{"t": "Str", "c": "\u00a0"} if node["t"] == "Space" else node for node in inlines]


def _line(name: str, inlines: Sequence[Node]) -> Iterator[Node]:
    if inlines:
        yield ast.div([ast.para(list(inlines))], "", name)


def _with_colon(title: Sequence[Node], lang: str) -> list[Node]:
    """The title with a colon at its end, before the marks of its notes, unless a sign ends it already."""
    count = next((at for at, node in enumerate(reversed(title)) if node["t"] != "Note"), 0)
    words, notes = title[: len(title) - count], title[len(title) - count :]
    ended = ast.plain(list(words)).rstrip()[-1:] in _ENDS
    colon = _COLONS.get(lang.partition("-")[0].lower(), ":")
    return [*words, *([] if ended else [{"t": "Str", "c": colon}]), *notes]


def _raised(number: str) -> list[Node]:
    return [{"t": "Superscript", "c": ast.text(number)}] if number else []


def _places(authors: Sequence[Author]) -> list[str]:
    return list(dict.fromkeys(place for author in authors for place in author.affiliations))


def _as_blocks(nodes: Sequence[Node]) -> list[Node]:
    """Blocks as they are, inlines as one paragraph."""
    return list(nodes) if nodes[0]["t"] in ast.BLOCK_TYPES else [ast.para(nodes)]


def _listed(parts: list[list[Node]], lang: str) -> list[Node]:
    """The parts as a list in a sentence: “A, B, and C”, as the language has it (CLDR's list patterns)."""
    if not parts:
        return []
    signs = [chr(_FIRST_SIGN + number) for number in range(len(parts))]
    sentence = icu.ListFormatter.createInstance(icu.Locale(lang)).format(signs)
    result: list[Node] = []
    for piece in re.split(f"([{signs[0]}-{signs[-1]}])", sentence):
        result += parts[signs.index(piece)] if piece in signs else ast.text(piece) if piece else []
    return result
