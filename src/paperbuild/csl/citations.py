"""Citations and the reference list as a whole: order, numbers, letters, affixes and what is collapsed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

from . import marked
from .engine import Processor
from .items import Item, Name, read_item
from .marked import PAIRS, Quotes
from .positions import Position, positions
from .records import Citation, Cite, Entry, Problem, Processed, Rendered, Segment, Style, StyleError

_AUTHOR = re.compile("{}(.*?){}".format(*PAIRS["author"]), re.DOTALL)
_NAMES = re.compile("{}(.*?){}".format(*PAIRS["names"]), re.DOTALL)
_MOST_NAMES = 12
"""No citation grows beyond this many names to be told from another one."""
_RESOLVER = "https://doi.org/"


@dataclass(slots=True)
class _Work:
    """What is needed while the citations of one document are set."""

    style: Style
    items: Mapping[str, Item]
    processor: Processor
    quotes: Quotes
    numeric: bool
    problems: list[Problem] = field(default_factory=list)

    def attempt(self, key: str, what: str, render: Callable[[], str], fallback: str = "") -> str:
        """The rendered string; where citeproc-py fails or prints nothing, the fallback and a problem."""
        try:
            text = render()
        except Exception as error:  # citeproc-py raises whatever its elements raise
            reason = f"{type(error).__name__}: {error}".strip(": ")
        else:
            if marked.strip(text).strip() or not fallback:
                return text
            reason = "it prints nothing for it"
        problem = Problem(key, f"the style {self.style.name} cannot set the {what} of {key} ({reason})")
        if problem not in self.problems:
            self.problems.append(problem)
        return fallback

    def segment(self, text: str, key: str = "") -> Segment:
        """A piece of a citation from a marked string, in the formatting of the layout."""
        tidy = marked.tidy(self.processor.formatted(text), self.quotes)
        return Segment(tuple(marked.inlines(marked.runs(tidy, self.quotes))), key)


@dataclass(frozen=True, slots=True)
class _Set:
    """One cite as set: what stands before, the cite itself, what stands after."""

    cite: Cite
    text: str
    author: str
    joined: str = ""
    """What joins it to the cite before it; empty for the layout's delimiter."""


def process(
    style: Style,
    items: Mapping[str, Mapping[str, Any]],
    citations: Sequence[Citation],
    *,
    nocite: Sequence[str] = (),
    lang: str = "",
) -> Processed:
    """The citations and the reference list in this style. Nothing is dropped: see ``Problem``.

    ``items`` are CSL-JSON by key; ``nocite`` keys are listed without being cited (``*`` means all).
    ``lang`` is the document's language, as a tag such as ``de`` or ``pt-BR``.
    """
    read = {key: read_item(key, data) for key, data in items.items()}
    try:
        processor = Processor(style.path, read, lang)
        numeric, quotes = processor.prints_number(), processor.quotes
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise StyleError(
            f"the style {style.name} cannot be used ({reason})", where=str(style.path)
        ) from error
    work = _Work(style, read, processor, quotes, numeric)
    keys = _keys(work, citations, nocite)
    _number(work, keys)
    rendered = tuple(
        _citation(work, citation, place)
        for citation, place in zip(citations, positions(citations, _near(processor)), strict=True)
    )
    listed = sorted(keys, key=lambda key: processor.numbers[key]) if style.has_bibliography else []
    entries = tuple(_entries(work, listed))
    return Processed(rendered, entries, tuple(work.problems))


def _keys(work: _Work, citations: Sequence[Citation], nocite: Sequence[str]) -> list[str]:
    """The keys that the reference list holds, in the order of their first citation."""
    cited = [cite.key for citation in citations for cite in citation.cites]
    extra = [key for name in nocite for key in (work.items if name == "*" else (name,))]
    for key in dict.fromkeys([*cited, *extra]):
        if key not in work.items:
            work.problems.append(Problem(key, f"{key} is not in the bibliography"))
    return [key for key in dict.fromkeys([*cited, *extra]) if key in work.items]


def _near(processor: Processor) -> int:
    distance = processor.option("near-note-distance")
    return int(distance) if distance.isdigit() else 5


def _number(work: _Work, keys: Sequence[str]) -> None:
    """Give every key its number in the list and, where the style wants it, its letter after the year."""
    processor = work.processor
    processor.numbers = {key: index for index, key in enumerate(keys, 1)}
    try:
        order = processor.order(keys)
    except Exception as error:  # citeproc-py raises whatever its elements raise
        work.problems.append(
            Problem("", f"the style {work.style.name} cannot sort the list ({type(error).__name__}: {error})")
        )
        order = list(keys)
    processor.numbers = {key: index for index, key in enumerate(order, 1)}
    if not work.numeric:
        _tell_apart(work, order)
        order = processor.order(order)
        processor.numbers = {key: index for index, key in enumerate(order, 1)}


def _tell_apart(work: _Work, order: Sequence[str]) -> None:
    """Make citations that would read the same differ by the means the style allows, one after the other."""
    processor = work.processor
    if processor.option("disambiguate-add-names") == "true":
        for group in _alike(work, order):
            _add_names(work, group)
    if processor.tests_ambiguity():
        processor.told_apart = {key for group in _alike(work, order) for key in group}
    if processor.option("disambiguate-add-year-suffix") == "true":
        dated = [key for key in order if work.items[key].dates.get("issued")]
        for group in _alike(work, dated):
            processor.letters |= {key: _letter(index) for index, key in enumerate(group)}


def _alike(work: _Work, keys: Sequence[str]) -> list[list[str]]:
    """Groups of two and more keys whose citations read the same."""
    later = Position(frozenset({"subsequent"}))
    same: dict[str, list[str]] = {}
    for key in keys:
        text = work.attempt(key, "citation", lambda key=key: _cite(work, Cite(key), later))  # type: ignore[misc]
        if marked.strip(text):
            same.setdefault(marked.strip(text), []).append(key)
    return [group for group in same.values() if len(group) > 1]


def _add_names(work: _Work, group: Sequence[str]) -> None:
    """Show more names of these works, as few as tell the most of them apart."""
    shown = work.processor.more_names
    best, least = len(group), 0
    for more in range(1, _first_difference([work.items[key].names.get("author", ()) for key in group]) + 1):
        shown |= dict.fromkeys(group, more)
        left = sum(map(len, _alike(work, group)))
        if left < best:
            best, least = left, more
        if not left:
            break
    shown |= dict.fromkeys(group, least)


def _first_difference(lists: Sequence[Sequence[Name]]) -> int:
    """How many names must be seen to see that lists differ; 0 where they do not, or only far down."""
    seen = [len(set(names)) for names in zip_longest(*(names[:_MOST_NAMES] for names in lists))]
    return max((index for index, count in enumerate(seen, 1) if count > 1), default=0)


def _letter(index: int) -> str:
    """0 gives a, 25 z, 26 aa."""
    return (_letter(index // 26 - 1) if index >= 26 else "") + chr(ord("a") + index % 26)


def _cite(work: _Work, cite: Cite, position: Position, *, hide: bool = False) -> str:
    locator = (cite.label, cite.locator) if cite.locator else None
    return work.processor.cite(cite.key, locator=locator, position=position, hide_author=hide)


def _citation(work: _Work, citation: Citation, places: Sequence[Position]) -> Rendered:
    """One citation: the sorted cites between the layout's affixes."""
    known = [pair for pair in zip(citation.cites, places, strict=True) if pair[0].key in work.items]
    unknown = [
        Segment((ast.text(f"@{c.key}?")[0],), c.key) for c in citation.cites if c.key not in work.items
    ]
    if not known:
        return Rendered((), tuple(unknown)) if work.style.note else Rendered(tuple(unknown))
    first, place = known[0]
    if first.mode == "author-in-text":
        author = _author(work, first, place)
        rest = _collapsed(work, [_set(work, cite, where) for cite, where in known])
        return _in_text(work, author, rest, unknown, inside=citation.inside_note)
    pieces = _collapsed(work, _sorted(work, [_set(work, cite, where) for cite, where in known]))
    wrapped = _wrapped(work, pieces, unknown, inside=citation.inside_note)
    return Rendered((), wrapped) if work.style.note else Rendered(wrapped)


def _set(work: _Work, cite: Cite, place: Position) -> _Set:
    hide = cite.mode != "normal"
    item = work.items[cite.key]
    fallback = "" if hide else item.short()
    text = work.attempt(cite.key, "citation", lambda: _cite(work, cite, place, hide=hide), fallback)
    found = _AUTHOR.search(text)
    return _Set(cite, text, marked.strip(found[1]) if found else "")


def _author(work: _Work, cite: Cite, place: Position) -> Segment:
    """Who wrote it, as the citation names them; short names where it does not."""
    known = Position(place.names & {"first", "subsequent"})
    full = work.attempt(cite.key, "citation", lambda: _cite(work, Cite(cite.key), known))
    found = None if work.style.note else _AUTHOR.search(full)
    short = (
        found[1]
        if found
        else work.attempt(cite.key, "author", lambda: work.processor.author(cite.key), cite.key)
    )
    tidy = marked.tidy(short, work.quotes)
    return Segment(tuple(marked.inlines(marked.runs(tidy, work.quotes))), cite.key)


def _in_text(
    work: _Work, author: Segment, rest: Sequence[_Set], unknown: Sequence[Segment], *, inside: bool
) -> Rendered:
    """``Kelsen (1957, p. 39)``, ``Kelsen [3]``, or ``Kelsen`` with the rest in the note."""
    full = [one for one in rest if marked.strip(one.text).strip() or one.cite.prefix or one.cite.suffix]
    if not full and not unknown:
        return Rendered((author,))
    wrapped = _wrapped(work, full, unknown, inside=inside)
    if work.style.note:
        return Rendered((author,), wrapped)
    space = () if work.processor.layout.get("vertical-align") == "sup" else (Segment(({"t": "Space"},)),)
    return Rendered((author, *space, *wrapped))


def _sorted(work: _Work, pieces: list[_Set]) -> list[_Set]:
    """The cites as the style sorts them within a citation; with a prefix or suffix they stay as written."""
    written = any(one.cite.prefix or one.cite.suffix for one in pieces)
    if written or len({one.cite.key for one in pieces}) < len(pieces):
        return pieces
    try:
        order = work.processor.order([one.cite.key for one in pieces], "citation")
    except Exception:  # citeproc-py raises whatever its elements raise
        return pieces
    return sorted(pieces, key=lambda one: order.index(one.cite.key))


def _collapsed(work: _Work, pieces: list[_Set]) -> list[_Set]:
    """``[1]–[3]`` for three in a row, and names once for works of the same authors."""
    collapse = work.processor.option("collapse")
    if collapse == "citation-number" and work.numeric:
        return list(_ranges(work, pieces))
    if collapse.startswith("year") and not work.style.note:
        return list(_same_author(work, pieces))
    return pieces


def _plain_cite(cite: Cite) -> bool:
    return not (cite.prefix or cite.suffix or cite.locator) and cite.mode == "normal"


def _ranges(work: _Work, pieces: Sequence[_Set]) -> Iterator[_Set]:
    numbers = work.processor.numbers
    begin = 0
    while begin < len(pieces):
        end = begin
        while (
            end + 1 < len(pieces)
            and _plain_cite(pieces[begin].cite)
            and _plain_cite(pieces[end + 1].cite)
            and numbers[pieces[end + 1].cite.key] == numbers[pieces[end].cite.key] + 1
        ):
            end += 1
        yield pieces[begin]
        if end - begin > 1:
            last = pieces[end]
            yield _Set(last.cite, last.text, last.author, "–")
        elif end > begin:
            yield pieces[end]
        begin = end + 1


def _same_author(work: _Work, pieces: Sequence[_Set]) -> Iterator[_Set]:
    delimiter = work.processor.option("cite-group-delimiter") or ", "
    before: _Set | None = None
    for one in pieces:
        both = before is not None and _plain_cite(one.cite) and _plain_cite(before.cite)
        if both and before is not None and one.author and one.author == before.author:
            hidden = work.attempt(
                one.cite.key,
                "citation",
                lambda one=one: _cite(work, one.cite, Position(), hide=True),  # type: ignore[misc]
            )
            yield _Set(one.cite, hidden or one.text, one.author, delimiter if hidden else "")
        else:
            yield one
        before = one


def _wrapped(
    work: _Work, pieces: Sequence[_Set], unknown: Sequence[Segment], *, inside: bool
) -> tuple[Segment, ...]:
    """The cites with what stands between and around them; ``inside`` a note that holds other text, too."""
    layout = work.processor.layout
    result: list[Segment] = []
    for index, one in enumerate(pieces):
        if index:
            _add(work, result, one.joined or layout.get("delimiter", ", "))
        _add_inlines(result, one.cite.prefix, before=True)
        first = work.style.note and not inside and not index and not one.cite.prefix
        text = _capital(one.text) if first else one.text
        _add(work, result, text, one.cite.key)
        _add_inlines(result, one.cite.suffix, before=False)
    for segment in unknown:
        if result:
            _add(work, result, layout.get("delimiter", "; "))
        result.append(segment)
    begin: list[Segment] = []
    _add(work, begin, layout.get("prefix", ""))
    _add(work, result, _ending(work, layout.get("suffix", ""), result, inside=inside))
    return (*begin, *_into_quotes(result, work.quotes))


def _into_quotes(segments: Sequence[Segment], quotes: Quotes) -> list[Segment]:
    """The segments with a stop or comma moved into the quotation that ends before it, where that is usual."""
    result: list[Segment] = []
    for segment in segments:
        inlines = segment.inlines
        if result and quotes.punctuation_inside and _closes(result[-1], quotes) and _stops(inlines):
            closing, stop = result[-1].inlines[-1]["c"], inlines[0]["c"]
            body = closing[:-1] + ("" if closing[-2:-1] in {".", ",", "!", "?"} else stop[0])
            moved: Node = {"t": "Str", "c": f"{body}{closing[-1]}"}
            result[-1] = replace(result[-1], inlines=(*result[-1].inlines[:-1], moved))
            inlines = (*(ast.text(stop[1:]) if stop[1:] else ()), *inlines[1:])
        if inlines:
            result.append(replace(segment, inlines=inlines))
    return result


def _closes(segment: Segment, quotes: Quotes) -> bool:
    last = segment.inlines[-1]
    return bool(last["t"] == "Str" and last["c"].endswith((quotes.outer[1], quotes.inner[1])))


def _stops(inlines: Sequence[Node]) -> bool:
    return bool(inlines) and inlines[0]["t"] == "Str" and inlines[0]["c"][0] in ".,"


def _capital(text: str) -> str:
    """The text as a note begins; a name keeps its case."""
    return text if text.startswith(PAIRS["author"][0]) else marked.change_case(text, "capitalize-first")


def _ending(work: _Work, suffix: str, before: Sequence[Segment], *, inside: bool) -> str:
    """The layout's suffix without a stop that is there already; a note of its own always ends in one."""
    if inside and work.style.note:
        return suffix.removesuffix(".")
    text = ast.plain([node for segment in before for node in segment.inlines]).rstrip("”’»\"' ")
    if work.style.note and not suffix.strip():
        suffix = "."
    return suffix[1:] if suffix.startswith(".") and text.endswith((".", "!", "?")) else suffix


def _add(work: _Work, segments: list[Segment], text: str, key: str = "") -> None:
    if text:
        if segments and text[0] == " " and _ends_in_space(segments[-1]):
            text = text[1:]
        segments.append(work.segment(text, key))


def _ends_in_space(segment: Segment) -> bool:
    return bool(segment.inlines) and segment.inlines[-1]["t"] in {"Space", "SoftBreak"}


def _add_inlines(segments: list[Segment], inlines: Sequence[Node], *, before: bool) -> None:
    """Add a prefix or suffix with a space to its cite, unless punctuation begins it."""
    if not inlines:
        return
    space: Node = {"t": "Space"}
    content = list(inlines)
    if before:
        if content[-1]["t"] not in {"Space", "SoftBreak"}:
            content.append(space)
    elif content[0]["t"] not in {"Space", "SoftBreak"} and ast.plain(content)[:1] not in ",.;:!?)]":
        content.insert(0, space)
    segments.append(Segment(tuple(content)))


def _entries(work: _Work, keys: Sequence[str]) -> Iterator[Entry]:
    """The entries of the list; names that are those of the entry before may give way to a dash."""
    dash = work.processor.option("subsequent-author-substitute", "bibliography")
    before = ""
    for key in keys:
        item = work.items[key]
        text = work.attempt(key, "entry", lambda key=key: work.processor.entry(key), item.plain())  # type: ignore[misc]
        found = _NAMES.search(text)
        names = found[1] if found else ""
        if dash and found and names == before:
            text = f"{text[: found.start()]}{dash}{text[found.end() :]}"
        before = names
        yield _entry(work, item, text)


def _entry(work: _Work, item: Item, text: str) -> Entry:
    """One entry; a number or label set apart is a Span of its own, as in pandoc."""
    pieces = marked.linked(marked.runs(marked.tidy(text, work.quotes), work.quotes), _targets(item))
    margin = [run for run in pieces if "margin" in run.flags]
    body = [run for run in pieces if "margin" not in run.flags]
    if not margin or not body:
        return Entry(item.key, tuple(_stripped(marked.inlines(pieces))))
    left = ast.span(_stripped(marked.inlines(margin)), "", "csl-left-margin")
    right = ast.span(_stripped(marked.inlines(body)), "", "csl-right-inline")
    return Entry(item.key, (left, {"t": "Space"}, right))


def _stripped(inlines: list[Node]) -> list[Node]:
    while inlines and inlines[0]["t"] == "Space":
        inlines = inlines[1:]
    while inlines and inlines[-1]["t"] == "Space":
        inlines = inlines[:-1]
    return inlines


def _targets(item: Item) -> list[tuple[str, str]]:
    """The addresses of the item as its entry may show them, the longest first."""
    doi, url = (marked.strip(item.text.get(name, "")) for name in ("DOI", "URL"))
    shown = [(f"{start}{doi}", f"{start}{doi}") for start in (_RESOLVER, "http://dx.doi.org/") if doi]
    if url.startswith(("http://", "https://")):
        shown.append((url, url))
    return [*shown, (doi, f"{_RESOLVER}{doi}")] if doi else shown
