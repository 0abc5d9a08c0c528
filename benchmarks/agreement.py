"""Our citations and reference lists beside those of citeproc-js and pandoc, on real bibliographies.

    python benchmarks/agreement.py [--corpus DIR] [--styles NAME ...] [--show N] [--json FILE]

Every .bib file below the corpus (or PAPERBUILD_CORPUS in the environment) is read once by pandoc, as
paperbuild reads it; entries that stand in several files count once, and of a large file PER_FILE entries
spread evenly over it are taken. They are cut into documents of LENGTH entries. Each document cites every
entry once, and between these come citations with locators, with two and three cites, and repeated ones:
directly (ibid.), with another locator, and later. Each citation has a note of its own in note styles.

citeproc-js is the reference; it runs in Node (oracle.js) and is installed into build/oracle when it is not
there. All three processors get the same CSL-JSON and the same language, en-US, whatever the style's own;
citeproc-js is given our locale file, and pandoc brings its own, with the same terms and dates.

An entry or a citation is equal where text and formatting are: italic, bold, small caps, underline,
superscript, subscript, every space and every punctuation mark. Only what the output formats force is evened
out, in the same way for all three:

- HTML entities are characters; links are their text; classes without formatting (nocase) are dropped.
- Nested markup is what a reader sees: italic inside italic that the style turns off is upright.
- A space has no formatting of its own, and several are one.
- The borders of the blocks of ``display`` and ``second-field-align`` are one space.
- A superscript character (²) is a superscript digit, as citeproc-js writes it.
- In note styles the citation is what stands in the note. Capital and final stop of a note belong to the
  document in pandoc and in ours: the first letter's case and one final stop are left out for all three.

Left out is what citeproc-js says it cannot print ("reference with no printed form"); how many is printed.
The exit status is 1 where the totals are below --entries or --citations. What citeproc-js and pandoc
said is kept in build/oracle/said under a hash of everything that went in.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import cache, partial
from html.parser import HTMLParser
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from paperbuild import csl
from paperbuild.model import PaperbuildError
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.pandoc.run import path as pandoc_path
from paperbuild.pandoc.run import run
from paperbuild.parse.bibliography import load

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "oracle"
ORACLE = Path(__file__).with_name("oracle.js")
CITEPROC_JS = "2.4.63"
LANG = "en-US"
PER_FILE = 60
LENGTH = 70
STYLES = (
    "apa",
    "apa-6th-edition",
    "modern-language-association",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "chicago-notes-bibliography-17th-edition",
    "chicago-shortened-notes-bibliography",
    "turabian-notes-bibliography",
    "mhra-notes",
    "oscola",
    "bluebook-law-review",
    "harvard-cite-them-right",
    "elsevier-harvard",
    "american-sociological-association",
    "american-political-science-association",
    "american-anthropological-association",
    "springer-basic-author-date",
    "iso690-author-date-en",
    "cell",
    "ieee",
    "nature",
    "science",
    "nlm-citation-sequence",
    "american-medical-association",
    "american-chemical-society",
    "association-for-computing-machinery",
    "acm-sig-proceedings",
    "elsevier-with-titles",
    "elsevier-vancouver",
    "springer-vancouver",
    "iso690-numeric-en",
)

_LOCALE = Path(str(files("citeproc") / "data" / "locales" / f"locales-{LANG}.xml"))
_UNPRINTED = "reference with no printed form"
_COLUMNS = ("entries", "citations", "pandoc entries", "pandoc citations")
_BORDER = "\x1e"
"""Stands where a block begins or ends until spaces are counted."""

Piece = tuple[str, frozenset[str]]
"""Some text and its formatting."""
_SPACE: Piece = (" ", frozenset())


@dataclass(frozen=True)
class Cite:
    """One reference to an entry, as citeproc-js wants it."""

    id: str
    locator: str = ""
    label: str = "page"

    def __str__(self) -> str:
        return f"{self.id} {self.label} {self.locator}" if self.locator else self.id


@dataclass(frozen=True)
class Document:
    """Entries and the citations of them."""

    items: dict[str, dict[str, Any]]
    citations: tuple[tuple[Cite, ...], ...]


@dataclass
class Setting:
    """What a processor made of a document, in comparable form; None where it cannot be compared."""

    citations: list[str | None]
    entries: dict[str, str | None]


@dataclass
class Score:
    """How many were equal, and the ones that were not."""

    equal: int = 0
    of: int = 0
    pairs: list[tuple[str, str, str]] = field(default_factory=list)

    def count(self, name: str, theirs: str, mine: str) -> None:
        """Count one pair."""
        self.of += 1
        self.equal += theirs == mine
        if theirs != mine:
            self.pairs.append((name, theirs, mine))

    def add(self, other: Score) -> None:
        """Count those of another one, too."""
        self.equal += other.equal
        self.of += other.of

    @property
    def percent(self) -> float:
        """100 where there is nothing to compare."""
        return 100 * self.equal / self.of if self.of else 100.0

    def __str__(self) -> str:
        return f"{self.equal:>5}/{self.of:<5} {self.percent:5.1f}%"


@dataclass
class Row:
    """The comparison in one style."""

    style: str
    scores: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in _COLUMNS})
    unprinted: int = 0


def main() -> int:
    """Prints a row for each style; the exit status."""
    args = _arguments()
    documents = list(_documents(args.corpus))
    entries = sum(len(document.items) for document in documents)
    citations = sum(len(document.citations) for document in documents)
    print(f"{entries} different entries, {citations} citations in {len(documents)} documents, {LANG};")
    print(f"ours and pandoc's, compared with citeproc-js {CITEPROC_JS}\n")
    if not entries:
        print(f"no .bib file below {args.corpus}", file=sys.stderr)
        return 1
    module = _module(args.citeproc_js)
    print(f"{'style':42}" + "".join(f"{name:>20}" for name in _COLUMNS))
    rows = []
    with ProcessPoolExecutor(args.jobs) as pool:
        for row in pool.map(partial(_compare, documents=documents, module=module), args.styles):
            rows.append(row)
            print(_line(row), flush=True)
    total = _total(rows)
    print(f"{'-' * 122}\n{_line(total)}")
    print(f"\nleft out, as citeproc-js prints nothing for them: {total.unprinted}")
    for row in rows if args.show else ():
        _show(row, args.show, "pandoc " if args.pandoc else "")
    if args.json:
        args.json.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1), "utf-8")
    return _verdict(total, args)


def _verdict(total: Row, args: argparse.Namespace) -> int:
    """1 where a total is below its threshold."""
    low = [
        f"{name} equal to citeproc-js: {total.scores[name].percent:.2f}%, wanted {wanted:g}%"
        for name, wanted in (("entries", args.entries), ("citations", args.citations))
        if total.scores[name].percent < wanted
    ]
    for line in low:
        print(line, file=sys.stderr)
    return 1 if low else 0


# What is cited


def _documents(corpus: Path) -> Iterator[Document]:
    """All entries of the corpus, cut into documents."""
    items = {f"k{index:03}": item for index, item in enumerate(_items(corpus))}
    keys = list(items)
    for part in (keys[begin : begin + LENGTH] for begin in range(0, len(keys), LENGTH)):
        yield Document({key: {**items[key], "id": key} for key in part}, tuple(_citations(part)))


def _items(corpus: Path) -> Iterator[dict[str, Any]]:
    """The different entries of all .bib files, spread evenly over large ones."""
    read: set[str] = set()
    seen: set[str] = set()
    for file in sorted(corpus.rglob("*.bib")):
        content = file.read_bytes()
        if _digest(content) in read:
            continue
        read.add(_digest(content))
        items = _read(file)
        step = max(1.0, len(items) / PER_FILE)
        for item in (items[int(index * step)] for index in range(min(len(items), PER_FILE))):
            same = json.dumps({**item, "id": ""}, sort_keys=True)
            if same not in seen:
                yield item
            seen.add(same)


def _read(file: Path) -> list[dict[str, Any]]:
    """A file's entries as CSL-JSON; none where paperbuild refuses it."""
    try:
        items = _said(f"bib {_pandoc()}", file.read_bytes(), lambda: list(load(file, file.name)[0]))
    except PaperbuildError as error:
        print(f"left out: {error}", file=sys.stderr)
        return []
    return list({item["id"]: item for item in items}.values())


def _citations(keys: Sequence[str]) -> Iterator[tuple[Cite, ...]]:
    """Every key once, and after each another kind of citation, in turn."""
    for index, key in enumerate(keys):
        yield (Cite(key),)
        before, earlier = keys[index - 1], keys[index // 2]
        more: tuple[tuple[tuple[Cite, ...], ...], ...] = (
            ((Cite(key, "12"),),),
            ((Cite(key),), (Cite(key, "23-27"),), (Cite(key, "23-27"),)),
            ((Cite(before), Cite(key)), (Cite(key, "3", "chapter"),)),
            ((Cite(earlier), Cite(before, "101-108"), Cite(key)),),
            ((Cite(earlier),), (Cite(earlier, "5", "section"),)),
            ((Cite(key, "1128–1134"), Cite(earlier, "2", "chapter")), (Cite(before),)),
            (tuple(Cite(one) for one in dict.fromkeys((key, *keys[max(0, index - 3) : index]))),),
        )
        yield from more[index % len(more)]


# The three processors


def _compare(name: str, documents: Sequence[Document], module: Path) -> Row:
    """All documents in one style, set by all three."""
    style = csl.find_style(name, folder=ROOT, project=None)
    row = Row(name)
    for document, oracle in zip(documents, _oracle(style, documents, module), strict=True):
        _count(row, "", document, oracle, _attempt(_ours, style, document))
        _count(row, "pandoc ", document, oracle, _attempt(_peer, style, document))
        row.unprinted += [*oracle.citations, *oracle.entries.values()].count(None)
    return row


def _count(row: Row, prefix: str, document: Document, oracle: Setting, setting: Setting) -> None:
    """Compare what one processor made of a document with what citeproc-js made of it."""
    for key, theirs in oracle.entries.items():
        if theirs is not None:
            row.scores[f"{prefix}entries"].count(key, theirs, setting.entries.get(key) or "")
    for cites, theirs, mine in zip(document.citations, oracle.citations, setting.citations, strict=True):
        if theirs is not None:
            row.scores[f"{prefix}citations"].count("; ".join(map(str, cites)), theirs, mine or "")


def _attempt(
    processor: Callable[[csl.Style, Document], Setting], style: csl.Style, document: Document
) -> Setting:
    """What a processor made of a document: nothing, where it fails."""
    try:
        return processor(style, document)
    except Exception:
        print(f"{style.name} fails from {next(iter(document.items))} on:", file=sys.stderr)
        traceback.print_exc()
        return Setting([None] * len(document.citations), {})


def _ours(style: csl.Style, document: Document) -> Setting:
    citations = [
        csl.Citation(
            tuple(csl.Cite(one.id, locator=one.locator, label=one.label) for one in cites),
            note if style.note else 0,
        )
        for note, cites in enumerate(document.citations, 1)
    ]
    done = csl.process(style, document.items, citations, lang=LANG)
    shown = [one.note if style.note else one.text for one in done.citations]
    return Setting(
        [_citation(style, _pieces([node for part in one for node in part.inlines])) for one in shown],
        {entry.key: canonical(_pieces(entry.inlines)) for entry in done.bibliography},
    )


def _oracle(style: csl.Style, documents: Sequence[Document], module: Path) -> list[Setting]:
    request = {
        "style": style.path.read_text("utf-8"),
        "locale": _LOCALE.read_text("utf-8"),
        "lang": LANG,
        "documents": [
            {
                "items": document.items,
                "citations": [
                    {"note": note if style.note else 0, "cites": [_plain(cite) for cite in cites]}
                    for note, cites in enumerate(document.citations, 1)
                ],
            }
            for document in documents
        ],
    }
    data = json.dumps(request).encode()
    said = _said(f"js {CITEPROC_JS} {ORACLE.read_text('utf-8')}", data, lambda: _node(module, data))
    return [
        Setting(
            [_printed(text, lambda pieces: _citation(style, pieces)) for text in one["citations"]],
            {key: _printed(html, canonical) for key, html in one["entries"]},
        )
        for one in said
    ]


def _plain(cite: Cite) -> dict[str, str]:
    return asdict(cite) if cite.locator else {"id": cite.id}


def _node(module: Path, data: bytes) -> Any:
    done = subprocess.run(
        ["node", str(ORACLE), str(module)], input=data, stdout=subprocess.PIPE, timeout=600, check=True
    )
    return json.loads(done.stdout)


def _printed(html: str | None, reduce: Callable[[Sequence[Piece]], str]) -> str | None:
    """The comparable form of citeproc-js's HTML, or None where it says that it prints nothing."""
    return None if html is None or _UNPRINTED in html else reduce(_from_html(html))


def _peer(style: csl.Style, document: Document) -> Setting:
    blocks = [
        ast.para([_cite_node(cites, note if style.note else 0)])
        for note, cites in enumerate(document.citations, 1)
    ]
    meta: dict[str, Node] = {"lang": {"t": "MetaString", "c": LANG}}
    request = json.dumps(
        [style.path.read_text("utf-8"), list(document.items.values()), ast.pandoc(blocks, meta)]
    ).encode()
    output = _said(f"pandoc {_pandoc()}", request, lambda: _citeproc(*json.loads(request)))
    paragraphs = [block for block in output["blocks"] if block["t"] == "Para"]
    refs = [block for block in output["blocks"] if block["t"] == "Div" and ast.identifier(block) == "refs"]
    return Setting(
        [_citation(style, _pieces(paragraph["c"])) for paragraph in paragraphs],
        {
            ast.identifier(entry).removeprefix("ref-"): canonical(_pieces(_inlines(entry["c"][1])))
            for block in refs
            for entry in block["c"][1]
        },
    )


def _cite_node(cites: Sequence[Cite], note: int) -> Node:
    content = [
        {
            "citationId": cite.id,
            "citationPrefix": [],
            "citationSuffix": ast.text(f", {cite.label} {cite.locator}") if cite.locator else [],
            "citationMode": {"t": "NormalCitation"},
            "citationNoteNum": note,
            "citationHash": 0,
        }
        for cite in cites
    ]
    return {"t": "Cite", "c": [content, ast.text("?")]}


def _citeproc(style: str, items: Sequence[Mapping[str, Any]], document: Node) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("style.csl", style), ("items.json", json.dumps(items))):
            (Path(folder) / name).write_text(text, encoding="utf-8")
        args = [f"--csl={folder}/style.csl", f"--bibliography={folder}/items.json"]
        return run(
            ["-f", "json", "-t", "json", "--citeproc", *args], json.dumps(document), memory="1G"
        ).json()


def _inlines(blocks: Sequence[Node]) -> list[Node]:
    return [node for block in blocks for node in block["c"]]


# The comparable form


def _citation(style: csl.Style, pieces: Sequence[Piece]) -> str:
    """A citation; of a note without what is the document's: its first letter's case and its final stop."""
    text = canonical(pieces)
    if not style.note:
        return text
    text = re.sub(r"\.((?:</\w+>)*)$", r"\1", text)
    return re.sub(r"^((?:<\w+>|[^\w<])*)(\w)", lambda found: found[1] + found[2].upper(), text)


def canonical(pieces: Sequence[Piece]) -> str:
    """Text with tags in one order, as the module's docstring says."""
    characters = [pair for text, flags in pieces for pair in _characters(text, flags)]
    spaced: list[Piece] = []
    for is_space, group in groupby(characters, key=lambda pair: pair[0] in f" \t\n{_BORDER}"):
        spaced += [_SPACE] if is_space else group
    spaced = spaced[spaced[:1] == [_SPACE] : len(spaced) - (spaced[-1:] == [_SPACE])]
    for index, piece in enumerate(spaced):
        if piece == _SPACE:
            spaced[index] = (" ", spaced[index - 1][1] & spaced[index + 1][1])
    return "".join(
        _tagged("".join(text for text, _ in group), flags)
        for flags, group in groupby(spaced, key=lambda piece: piece[1])
    )


def _characters(text: str, flags: frozenset[str]) -> Iterator[Piece]:
    for character in text.replace("\u00a0 ", " "):
        decomposed = unicodedata.decomposition(character)
        if decomposed.startswith("<super>"):
            for code in decomposed.split()[1:]:
                yield chr(int(code, 16)), flags | {"sup"}
        else:
            yield character, flags


def _tagged(text: str, flags: frozenset[str]) -> str:
    names = sorted(flags)
    return "".join(f"<{n}>" for n in names) + text + "".join(f"</{n}>" for n in reversed(names))


_NODES = {
    "Emph": "i",
    "Strong": "b",
    "SmallCaps": "sc",
    "Superscript": "sup",
    "Subscript": "sub",
    "Underline": "u",
}
_OFF = {"csl-no-emph": "i", "csl-no-strong": "b", "csl-no-smallcaps": "sc"}
_BLOCKS = {"csl-left-margin", "csl-right-inline", "csl-block", "csl-indent"}
_LEAVES = {"Str": "", "Space": " ", "SoftBreak": " ", "LineBreak": _BORDER}


def _pieces(inlines: Sequence[Node], flags: frozenset[str] = frozenset()) -> list[Piece]:
    """pandoc's inlines as text with formatting."""
    return [piece for node in inlines for piece in _node_pieces(node, flags)]


def _node_pieces(node: Node, flags: frozenset[str]) -> list[Piece]:
    kind, content = node["t"], node.get("c")
    if kind in _LEAVES:
        return [(_LEAVES[kind] or str(content), flags)]
    if kind in _NODES:
        return _pieces(content or [], flags | {_NODES[kind]})
    if kind == "Note":
        return _pieces(_inlines(content or []), flags)
    if kind == "Span":
        return _span(node, flags)
    if kind == "Quoted" and content:
        marks = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
        return [(marks[0], flags), *_pieces(content[1], flags), (marks[1], flags)]
    if kind in {"Link", "Cite"} and content:
        return _pieces(content[1], flags)
    raise ValueError(f"no inline that a processor writes: {node}")


def _span(node: Node, flags: frozenset[str]) -> list[Piece]:
    names = set(ast.classes(node))
    border: list[Piece] = [(_BORDER, flags)] if names & _BLOCKS else []
    inner = _pieces(node["c"][1], flags - {_OFF[name] for name in names if name in _OFF})
    return [*border, *inner, *border]


_TAGS = {"i": "i", "em": "i", "b": "b", "strong": "b", "sup": "sup", "sub": "sub"}
_STYLES = {
    "font-style:normal": ("", "i"),
    "font-variant:small-caps": ("sc", ""),
    "font-variant:normal": ("", "sc"),
    "font-weight:normal": ("", "b"),
    "text-decoration:underline": ("u", ""),
    "text-decoration:none": ("", "u"),
    "baseline": ("", "sup"),
}
"""What a span of citeproc-js turns on and off."""


class _Html(HTMLParser):
    """Collects the text of citeproc-js's HTML with its formatting."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.flags: list[frozenset[str]] = [frozenset()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Formatting begins."""
        flags = self.flags[-1]
        if tag == "div":
            self.pieces.append((_BORDER, flags))
        style = (dict(attrs).get("style") or "").replace(" ", "").rstrip(";")
        on, off = _STYLES.get(style, (_TAGS.get(tag, ""), ""))
        self.flags.append((flags | {on} if on else flags) - {off})

    def handle_endtag(self, tag: str) -> None:
        """Formatting ends."""
        self.flags.pop()
        if tag == "div":
            self.pieces.append((_BORDER, self.flags[-1]))

    def handle_data(self, data: str) -> None:
        """Text."""
        self.pieces.append((data, self.flags[-1]))


def _from_html(html: str) -> list[Piece]:
    parser = _Html()
    parser.feed(html)
    parser.close()
    return parser.pieces


# What is kept and what is installed


def _said(who: str, request: bytes, ask: Callable[[], Any]) -> Any:
    """The answer to a request, kept from an earlier run where there is one."""
    file = BUILD / "said" / f"{_digest(who.encode() + b'|' + request)}.json"
    if file.is_file():
        return json.loads(file.read_text("utf-8"))
    answer = ask()
    file.parent.mkdir(parents=True, exist_ok=True)
    written = file.with_suffix(f".{os.getpid()}")
    written.write_text(json.dumps(answer), encoding="utf-8")
    written.replace(file)
    return answer


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


@cache
def _pandoc() -> str:
    """The first line of pandoc's version."""
    done = subprocess.run([pandoc_path(), "--version"], capture_output=True, text=True, check=True)
    return done.stdout.partition("\n")[0]


def _module(given: Path | None) -> Path:
    """The folder of citeproc-js, which is installed where it is not there in this version."""
    if not shutil.which("node"):
        raise SystemExit("citeproc-js needs Node: https://nodejs.org")
    folder = given or BUILD / "node_modules" / "citeproc"
    if not _is_version(folder):
        if given or not shutil.which("npm"):
            raise SystemExit(f"citeproc-js {CITEPROC_JS} is not in {folder}; npm of Node installs it")
        BUILD.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(BUILD)]
        subprocess.run([*command, f"citeproc@{CITEPROC_JS}"], check=True, timeout=300)
    return folder


def _is_version(folder: Path) -> bool:
    about = folder / "package.json"
    return about.is_file() and json.loads(about.read_text("utf-8")).get("version") == CITEPROC_JS


# What is printed


def _total(rows: Sequence[Row]) -> Row:
    total = Row(f"{len(rows)} styles", unprinted=sum(row.unprinted for row in rows))
    for row in rows:
        for name, score in row.scores.items():
            total.scores[name].add(score)
    return total


def _line(row: Row) -> str:
    return f"{row.style:42}" + "".join(f"{row.scores[name]!s:>20}" for name in _COLUMNS)


def _show(row: Row, count: int, prefix: str) -> None:
    """The first pairs that differ: ``[-citeproc-js-]{+ours+}``."""
    for name in (f"{prefix}entries", f"{prefix}citations"):
        pairs = row.scores[name].pairs
        if pairs:
            print(f"\n{row.style}: {len(pairs)} {name} differ")
        for key, theirs, mine in pairs[:count]:
            print(f"  {key}\n    {word_diff(theirs, mine)}")


def word_diff(theirs: str, mine: str) -> str:
    """Both texts in one, word for word."""
    before, after = (re.findall(r"\s+|<[^>]*>|\w+|[^\w\s]", text) for text in (theirs, mine))
    result = []
    for kind, i, j, k, m in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if kind == "equal":
            result.append("".join(before[i:j]))
            continue
        result.append(f"[-{''.join(before[i:j])}-]" if j > i else "")
        result.append(f"{{+{''.join(after[k:m])}+}}" if m > k else "")
    return "".join(result)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    corpus = Path(os.environ.get("PAPERBUILD_CORPUS", ROOT.parent / "shared" / "corpus"))
    parser.add_argument("--corpus", type=Path, default=corpus, help="folder with .bib files (%(default)s)")
    parser.add_argument("--styles", nargs="+", default=list(STYLES), metavar="NAME")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="differing pairs for each style")
    parser.add_argument("--json", type=Path, metavar="FILE", help="everything that differs, for programs")
    parser.add_argument("--pandoc", action="store_true", help="with --show, pandoc's instead of ours")
    wanted = "percent that must be equal (%(default)s)"
    parser.add_argument("--entries", type=float, default=97.0, help=wanted)
    parser.add_argument("--citations", type=float, default=95.0, help=wanted)
    parser.add_argument("--jobs", type=int, default=2, help="styles at once (%(default)s)")
    parser.add_argument("--citeproc-js", type=Path, metavar="DIR", help="its folder, where it is installed")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
