"""The processor: a compiled style and items in, citations and bibliography out, as trees.

``Processor.run`` makes the passes in the order in which each can use what those before it found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from paperbuild.csl.items.item import Item
from paperbuild.csl.passes import disambiguate as apart
from paperbuild.csl.passes.affixes import affix, around, capital, ends_sentence, row
from paperbuild.csl.passes.authors import author_names, by_mode, named
from paperbuild.csl.passes.collapse import MadeCite, Rules, draw_together
from paperbuild.csl.passes.positions import FIRST, NEAR, SUBSEQUENT, Position, positions
from paperbuild.csl.passes.sort import Sorter, sorter
from paperbuild.csl.passes.substitute import substitute_authors
from paperbuild.csl.render.elements import evaluate
from paperbuild.csl.render.numbers import split_label
from paperbuild.csl.render.scene import UNTOLD, Given, Place, Scene, Told
from paperbuild.csl.requests import CiteRequest, Cluster
from paperbuild.csl.style.nodes import CompiledStyle, Layout
from paperbuild.csl.text.seams import QuoteMarks
from paperbuild.csl.text.surgery import find, without
from paperbuild.csl.text.tree import Child, Format, Rich, plain

__all__ = ["CiteRequest", "Cluster", "Processor", "Result"]

_AGAIN = SUBSEQUENT | NEAR


@dataclass(frozen=True, slots=True)
class Result:
    """What the processor made of a document."""

    citations: tuple[Child, ...]
    """A tree for each citation, in which a node tagged ``cite`` is one cite, its data the item's key."""
    bibliography: tuple[tuple[str, Child], ...]
    """The key and the tree of each entry, in the style's order."""
    authors: tuple[Child, ...] = ()
    """For each citation, who wrote its first item, where that stands apart from the rest; else empty."""
    silent: frozenset[tuple[str, str]] = frozenset()
    """Items for which the style printed nothing: the key, and ``a citation`` or ``the list``."""


@dataclass(slots=True)
class _Run:
    """What is known of the items during a run."""

    ids: list[str]
    numbers: dict[str, int] = field(default_factory=dict)
    told: Mapping[str, Told] = field(default_factory=dict)
    given: Given = field(default_factory=Given)
    notes: Mapping[str, int] = field(default_factory=dict)
    """The note that cites an item first."""
    silent: set[tuple[str, str]] = field(default_factory=set)


class Processor:
    """A style with the items it is to print. It keeps nothing from one run to the next."""

    def __init__(
        self,
        style: CompiledStyle,
        items: Mapping[str, Item],
        placeholder: Callable[[Item], str] | None = None,
    ) -> None:
        """``placeholder`` gives what stands where the style prints nothing for a cite."""
        self.style = style
        self.items = items
        self.placeholder = placeholder

    @property
    def quotes(self) -> QuoteMarks:
        """The quotation marks of the style's language."""
        term = self.style.locale.term
        return QuoteMarks(
            (term("open-quote") or "“", term("close-quote") or "”"),
            (term("open-inner-quote") or "‘", term("close-inner-quote") or "’"),
        )

    def run(self, clusters: Sequence[Cluster], listed: Sequence[str] | None = None) -> Result:
        """The citations and the bibliography. ``listed`` are the ids it holds besides the cited ones.

        Every key must be one of the items.
        """
        cited = [cite.id for cluster in clusters for cite in cluster.cites]
        ids = list(dict.fromkeys(cited if listed is None else [*listed, *cited]))
        run = _Run(ids, {key: number for number, key in enumerate(ids, 1)}, notes=_notes(clusters))
        order = self._sorted(run)
        run.numbers = {key: number for number, key in enumerate(order, 1)}
        self._tell_apart(run, order)
        places = positions(clusters, self.style.citation_options.near_note_distance)
        by = self._citation_sorter(run, clusters)
        citations = [
            self._cluster(run, cluster, where, by) for cluster, where in zip(clusters, places, strict=True)
        ]
        authors = [
            self._author(run, cluster.cites[0], where[0]) if cluster.mode == "composite" else ""
            for cluster, where in zip(clusters, places, strict=True)
        ]
        entries = self._bibliography(run, order)
        return Result(tuple(citations), tuple(entries), tuple(authors), frozenset(run.silent))

    def _sorted(self, run: _Run) -> list[str]:
        """The ids in the bibliography's order; without one, or unsorted, as they came."""
        area = self.style.bibliography
        if area is None or not area.sort:
            return run.ids
        place = Place(bibliography=True, sorting=True)
        return sorter(area.sort, run.ids, lambda key: self._scene(run, key, place)).order(run.ids)

    def _citation_sorter(self, run: _Run, clusters: Sequence[Cluster]) -> Sorter | None:
        """The order of cites inside citations, for those that stand with others."""
        keys = self.style.citation.sort
        together = {cite.id for cluster in clusters if len(cluster.cites) > 1 for cite in cluster.cites}
        if not keys or not together:
            return None
        return sorter(keys, together, lambda key: self._scene(run, key, Place(sorting=True)))

    def _scene(self, run: _Run, key: str, place: Place, told: Told | None = None) -> Scene:
        return Scene(
            self.style,
            self.items[key],
            place,
            run.told.get(key, UNTOLD) if told is None else told,
            str(run.numbers[key]),
            run.given,
        )

    def _tell_apart(self, run: _Run, order: Sequence[str]) -> None:
        """Find out which cites read the same, and how they are told apart."""
        options = self.style.citation_options
        if not (
            options.add_names
            or options.add_given_names
            or options.add_year_suffix
            or self.style.tests_disambiguate
        ):
            return
        first = {key: self._sample(run, key, UNTOLD) for key in run.ids}
        run.given = apart.given_names(options, first.values())
        if run.given.levels:
            first = {key: self._sample(run, key, UNTOLD) for key in run.ids}
        run.told = apart.tell_apart(options, order, lambda key, told: self._sample(run, key, told), first)

    def _sample(self, run: _Run, key: str, told: Told) -> apart.Sample:
        place = Place(position=_AGAIN, first_note=str(run.notes.get(key) or ""))
        scene = self._scene(run, key, place, told)
        scene.sampling = True
        text = "".join(plain(piece) for piece in evaluate(self.style.citation.children, scene))
        return apart.Sample(text, tuple(scene.sets), scene.conditions)

    def _cluster(self, run: _Run, cluster: Cluster, places: Sequence[Position], by: Sorter | None) -> Child:
        """A citation: its cites sorted, drawn together, joined, and set in the layout's look."""
        pairs = list(zip(by_mode(cluster), places, strict=False))
        if by is not None and len(pairs) > 1 and not cluster.unsorted:
            listed = sorted({cite.id for cite in cluster.cites}, key=lambda key: run.numbers[key])
            ranks = {key: rank for rank, key in enumerate(by.order(listed))}  # equal ones as in the list
            pairs.sort(key=lambda pair: ranks[pair[0].id])
        if pairs and cluster.sentence and self.style.style_class == "note":
            pairs[0] = (capital(pairs[0][0]), pairs[0][1])
        made = [
            self._cite(run, cite, place, begins=not at and cluster.sentence is not False)
            for at, (cite, place) in enumerate(pairs)
        ]
        layout = self._layout(cluster)
        rules = Rules(
            self.style.citation_options, layout.delimiter, self.style.style_class == "in-text", by is not None
        )
        children = row(draw_together(made, rules), layout.delimiter)
        if cluster.mode == "author-only":
            return Rich(children)
        return Rich(children, replace(layout, delimiter="")) if children else ""

    def _layout(self, cluster: Cluster) -> Format:
        """The layout's look; a note that is one citation ends as a sentence, one inside a note does not."""
        layout = self.style.citation.format
        if self.style.style_class != "note" or cluster.sentence is None:
            return layout
        if not cluster.sentence:
            return replace(layout, suffix=layout.suffix.removesuffix("."))
        return layout if layout.suffix.strip() else replace(layout, suffix=".")

    def _author(self, run: _Run, cite: CiteRequest, position: Position) -> Child:
        """Who wrote an item, as the citation names them, or by their short names."""
        if self.style.style_class != "note":
            scene = self._scene(run, cite.id, Place(position=position.names & (FIRST | SUBSEQUENT)))
            found = named(Rich(tuple(evaluate(self.style.citation.children, scene))))
            if found is not None:
                return found
        pieces = evaluate((author_names(self.style),), self._scene(run, cite.id, Place()))
        return Rich(tuple(pieces)) if pieces else self._stand_in(cite.id)

    def _stand_in(self, key: str) -> str:
        return "" if self.placeholder is None else self.placeholder(self.items[key])

    def _cite(self, run: _Run, cite: CiteRequest, position: Position, *, begins: bool) -> MadeCite:
        label, locator = _located(cite)
        place = Place(
            position=position.names,
            locator=locator,
            label=label,
            first_note=str(position.first_note or ""),
        )
        scene = self._scene(run, cite.id, place)
        prefix, suffix = affix(cite.prefix), affix(cite.suffix)
        scene.begun = bool(not begins or prefix) and not ends_sentence(prefix)
        pieces = evaluate(self.style.citation.children, scene)
        tree: Child | None = Rich(tuple(pieces)) if pieces else None
        if tree is None:
            run.silent.add((cite.id, "a citation"))
            tree = self._stand_in(cite.id) or None
        elif cite.author_only:
            tree = self._author(run, cite, position)
        elif cite.suppress_author:
            names = named(tree)
            tree = tree if names is None else without(tree, names)
        numbered = tree is not None and find(tree, "citation-number") is not None
        whole = None if tree is None else Rich((tree,), tag="cite", data=cite.id)
        number = run.numbers[cite.id] if numbered else 0
        return MadeCite(cite, around(whole, prefix, suffix), number, scene.told.suffix)

    def _bibliography(self, run: _Run, order: Sequence[str]) -> list[tuple[str, Child]]:
        area = self.style.bibliography
        if area is None:
            return []
        entries: list[Child] = []
        shown: list[str] = []
        for key in order:
            entry = self._entry(run, key, area)
            if entry:
                entries.append(entry)
                shown.append(key)
            else:  # a style may mean it: personal communications are not listed in many
                run.silent.add((key, "the list"))
        return list(zip(shown, substitute_authors(entries, self.style.bibliography_options), strict=True))

    def _entry(self, run: _Run, key: str, area: Layout) -> Child:
        scene = self._scene(run, key, Place(bibliography=True, position=FIRST))
        pieces = evaluate(area.children, scene)
        if not pieces:
            return ""
        if self.style.bibliography_options.second_field_align and len(pieces) > 1:
            margin = Rich((pieces[0],), Format(display="left-margin"))
            rest = Format(display="right-inline", delimiter=area.format.delimiter)
            pieces = [margin, Rich(tuple(pieces[1:]), rest)]
        return _entry(pieces, area.format)


def _entry(pieces: Sequence[Child], look: Format) -> Child:
    """An entry in the layout's look. What ends it belongs into its last block."""
    *others, last = pieces
    if isinstance(last, str) or not last.format.display:
        return Rich(tuple(pieces), look)
    inner = Rich(last.children, replace(last.format, display=""), last.tag, last.data)
    ended = (inner, look.suffix) if look.suffix else (inner,)
    block = Rich(ended, Format(display=last.format.display))
    return Rich((*others, block), replace(look, suffix="", delimiter=""))


def _notes(clusters: Sequence[Cluster]) -> dict[str, int]:
    """For each cited item the number of the first note that cites it."""
    notes: dict[str, int] = {}
    for cluster in clusters:
        for cite in cluster.cites:
            notes.setdefault(cite.id, cluster.note_number)
    return notes


def _located(cite: CiteRequest) -> tuple[str, str]:
    """The name and the text of the locator; an abbreviation in the text goes before a name not stated."""
    locator = cite.locator.strip()
    if locator and cite.label in {"", "page"}:
        label, rest = split_label(locator)
        if label:
            return label, rest
    return (cite.label or "page").replace(" ", "-"), locator
