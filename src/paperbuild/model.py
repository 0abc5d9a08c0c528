"""The frozen records that travel between the stages. Nothing here does anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from paperbuild.pandoc.ast import Node

Severity = Literal["error", "warning", "info"]

ITEM_KINDS = (
    "section",
    "paragraph",
    "citation",
    "reference",
    "note",
    "table",
    "figure",
    "equation",
    "code",
    "link",
)
"""Kinds of inventory items, in the order in which a report shows them."""

OBJECT = "\ufffc"
"""Stands in an item's text where an equation or a picture stands in the line (U+FFFC)."""

OWN_TITLE = "own-title"
"""Class of a heading whose words are ours, not the manuscript's."""

Stage = Literal["read", "parse", "resolve", "write", ""]
"""Where something was lost: see ``pipeline``. Empty for what concerns no stage."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the reader of a report should know. An empty list of findings means: fine.

    ``error`` is for what was lost, unresolved or leaked, and makes the exit status 1;
    ``warning`` is worth a look; ``info`` says what was done that was not asked for.
    """

    severity: Severity
    check: str
    """Which check or stage speaks: sections, paragraphs, citations, references, parse, images …"""
    message: str
    where: str = ""
    """``file:line`` in the manuscript, or the section's title."""
    hint: str = ""
    """What to do next."""
    format: str = ""
    """The format concerned; empty where all are."""
    stage: Stage = ""
    """The stage in which it was lost: while the source was parsed, while citations were resolved, or by
    the writer of ``format``."""
    evidence: Evidence | None = None
    """What was promised beside what stands there, for reports that show both."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a finding speaks of: the promised text beside the one that was found, and where it stood."""

    promised: str = ""
    """The text as it should be; empty for what was not promised at all."""
    found: str = ""
    """The text that stands there instead; empty where there is none."""
    before: str = ""
    """The text that stands before this place in the finished file."""
    after: str = ""
    """The text that stands after it."""
    place: str = ""
    """Where in the file: ``page 3``, or the title of a section."""


class PaperbuildError(Exception):
    """A reason to stop, told to the user as it is. ``status`` is the exit status of the program."""

    status = 2

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        """Make the error cross a process border whole."""
        return (_rebuild, (type(self), self.message, self.where, self.hint))


def _rebuild(kind: type[PaperbuildError], message: str, where: str, hint: str) -> PaperbuildError:
    return kind(message, where=where, hint=hint)


class SystemPartMissing(PaperbuildError):
    """A part of the system (a library, a font, pandoc) is not there; the hint installs it."""

    status = 3


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the manuscript's text, decoded. Lines end in ``\\n``, there is no BOM."""

    path: Path
    name: str
    """Its path as findings show it: relative to the manuscript's folder."""
    text: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What was read, before anything is understood of it."""

    slug: str
    folder: Path
    """The folder beside whose files nothing of the manuscript is looked for."""
    reader: str
    """pandoc's name of the source format: ``markdown``, ``docx``, ``latex``, …"""
    parts: tuple[Source, ...]
    """Text sources in order; empty where the format is binary."""
    data: bytes = b""
    """The file's bytes where the format is binary (docx, odt)."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """paperbuild.toml beside the manuscript, parsed."""
    metadata_files: tuple[Source, ...] = ()
    """YAML files named in the settings or found beside (``_quarto.yml``); the first is the weakest."""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """The manuscript as pandoc's AST, all formats' raw content already made part of it."""

    slug: str
    folder: Path
    meta: Mapping[str, Node]
    """pandoc's MetaValues by key (a MetaMap's content)."""
    blocks: tuple[Node, ...]
    references: tuple[Mapping[str, Any], ...] = ()
    """The bibliography as CSL-JSON items, in the order of the files."""
    media: Mapping[str, bytes] = field(default_factory=dict)
    """Pictures that came inside the source file (docx, odt, ipynb), by the name the AST uses."""
    sources: tuple[Source, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands on the first page, as inlines and blocks of pandoc's AST."""

    title: tuple[Node, ...] = ()
    """With a ``Note`` at its end where the manuscript has ``thanks``."""
    subtitle: tuple[Node, ...] = ()
    authors: tuple[Author, ...] = ()
    date: tuple[Node, ...] = ()
    abstract: tuple[Node, ...] = ()
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Author:
    """One author: the name as printed, and what else the manuscript says."""

    name: str
    affiliations: tuple[str, ...] = ()
    email: str = ""
    orcid: str = ""
    family: str = ""
    """The parts of the name, where the manuscript says them apart."""
    given: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the reference list."""

    key: str
    anchor: str
    """The id that citations link to, e.g. ``ref-kelsen1957``."""
    inlines: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """The style that citations are set in, for programs that set them anew."""

    identifier: str = ""
    """What the CSL style calls itself, mostly an address: ``http://www.zotero.org/styles/apa``."""
    locale: str = "en-US"
    """The language of its terms, as CSL names its locales."""
    note: bool = False
    """True where citations stand in notes."""
    bibliography: bool = False
    """True where the style has a reference list."""


@dataclass(frozen=True, slots=True)
class ResolvedDocument:
    """The document as every format shows it: citations, reference list and numbers are text now.

    In ``blocks``, a citation is a ``Cite`` whose inlines are the resolved text, with a ``Link`` to
    ``#ref-KEY`` around each cite; in a note style it stands inside a ``Note``. An author who is part of the
    sentence stands in a ``Cite`` of mode ``AuthorInText``; what follows him is a ``Cite`` within it,
    which leaves him out (``SuppressAuthor``). The reference list is
    ``Div#refs.references`` with one ``Div#ref-KEY.csl-entry`` holding one ``Para`` for each entry.
    A labelled display equation is a ``Span.equation`` of the ``Math`` and its number. Captions
    begin with a ``Span.caption-label``. Every ``Header`` has an id.
    """

    slug: str
    folder: Path
    front: FrontMatter
    blocks: tuple[Node, ...]
    references: tuple[Reference, ...]
    lang: str
    rtl: bool
    hanging_indent: bool
    mathml: Mapping[str, str]
    """MathML by ``display|inline`` + TeX (see ``equations.key``); a formula not in it is shown as TeX."""
    images: Mapping[str, Image]
    """Pictures by the target that the AST names. One that could not be had is absent."""
    terms: Mapping[str, str]
    """Words the page needs, in the document's language: contents, figure, table, abstract, …"""
    opening: tuple[Node, ...] = ()
    """The title block as a layout has it (see ``dress.front``); empty until the document is dressed."""
    works: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """CSL-JSON of what is cited, or listed without being cited, by key."""
    citation_style: CitationStyle = CitationStyle()
    links_back: bool = False
    """Whether each entry of the reference list leads back to the places that cite it."""
    toc: bool = False
    toc_depth: int = 3
    number_sections: bool = False
    sources: tuple[Source, ...] = ()
    """Kept so that what is lost later can be shown with its line."""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """A picture's bytes, in a form that every format can show."""

    data: bytes
    media_type: str
    """image/png, image/jpeg, image/gif, image/svg+xml or image/webp."""
    width: float
    """CSS pixels."""
    height: float


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is promised, or that was observed, in a document."""

    kind: str
    """One of ``ITEM_KINDS``, or ``mark``: a note's mark in the text."""
    text: str
    """What a reader sees, not normalised (the lens does that). A table's or figure's caption. A mark's
    text is what stands before it in its paragraph; an equation's are the letters of its formula."""
    level: int = 0
    """A section's level, 1 for the highest."""
    section: str = ""
    """The title of the section it stands in."""
    where: str = ""
    """``file:line`` in the manuscript (promised) or ``page 3`` in a PDF (observed), where known."""
    target: str = ""
    """A link's URL or anchor; a citation's or reference's anchor (``#ref-key``, ``ref-key``); a
    figure's alternative text; an equation's TeX; the name of a note, and of the note a mark leads to."""
    rows: tuple[tuple[str, ...], ...] = ()
    """The texts of a table's cells, head rows first. A cell stands in the row in which it begins."""
    spans: tuple[tuple[tuple[int, int], ...], ...] = ()
    """For each cell how many columns and rows it spans; empty where a file does not say."""
    heads: int = 0
    """How many of a table's rows head its columns."""
    in_note: bool = False
    """True for what stands in a note's text."""
    picture: str = ""
    """What a picture or equation looks like, as far as a format lets it be known: the SHA-256 of a file that
    is kept as it is; ``pixels:40x30``; of how many ``parts:7``, or parts and segments ``parts:7:80``, it is
    drawn. Promised, perhaps several alternatives with spaces between them. ``blank`` for a picture on which
    nothing can be seen."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry of an outline (a PDF's bookmarks) or of a contents list."""

    title: str
    level: int = 0
    """1 for the highest; 0 where it isn't known."""
    target: str = ""
    """The anchor it leads to, without ``#``, where it leads to one by name."""
    page: str = ""
    """The page that a reader is told (contents list) or led to (outline); empty where there is none."""
    real: str = ""
    """The page on which its target stands."""


@dataclass(frozen=True, slots=True)
class Live:
    """What of a file a reference manager can set anew: a citation, the reference list, or its settings."""

    kind: Literal["citation", "references", "settings"]
    keys: tuple[str, ...] = ()
    """The works that a citation cites, in its order; the settings' one key is the id of the style."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a document must hold, or what a finished file holds: the two sides of a check."""

    items: tuple[Item, ...]
    """In the order in which a reader meets them; notes at their mark (promised) or their text."""
    anchors: Mapping[str, str] = field(default_factory=dict)
    """Every id, bookmark or named destination that a link can reach, with the text that stands there:
    promised, a text or several alternatives, one a line; observed, what follows it, some hundred letters.
    An empty text is not compared."""
    title: str = ""
    authors: tuple[str, ...] = ()
    lang: str = ""
    besides: tuple[str, ...] = ()
    """Promised: what may stand in a file besides the items: names, a date, the words of a title block."""
    outline: tuple[Mark, ...] | None = None
    """PDF bookmarks; None in formats that have none."""
    contents: tuple[Mark, ...] = ()
    """The entries of the contents list."""
    loose: bool = False
    """True where the format does not keep spaces and hyphens at line ends (PDF)."""
    statements: Mapping[str, str] = field(default_factory=dict)
    """What a page says besides the paper, by name: ``percent`` and ``sections`` of its gate, how to cite the
    paper (``cite-apa``), its study notes (``study-summary``)."""
    live: tuple[Live, ...] = ()
    """What a reference manager finds in a Word document; nothing is promised where there is none."""
    findings: tuple[Finding, ...] = ()
    """What the reader itself met: a page without ink, a relationship that leads nowhere."""

    def of(self, *kinds: str) -> tuple[Item, ...]:
        """The items of these kinds, in order."""
        return tuple(item for item in self.items if item.kind in kinds)

    def count(self, kind: str) -> int:
        """How many items of this kind there are."""
        return sum(item.kind == kind for item in self.items)


@dataclass(frozen=True, slots=True)
class Artefact:
    """A finished file."""

    format: str
    path: Path
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line of the table: how many of a kind were promised and found in a format."""

    format: str
    kind: str
    promised: int
    found: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that is known about one manuscript's export or verification."""

    manuscript: str
    style: str
    layout: str
    artefacts: tuple[Artefact, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    comparisons: tuple[Comparison, ...] = ()
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
    status: int = 0
    """The exit status that this manuscript alone would give."""

    @property
    def ok(self) -> bool:
        """True where everything promised was found and nothing stopped the export."""
        return self.status == 0
