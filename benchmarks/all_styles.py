"""Sets a varied bibliography in every installed CSL style and prints what fails.

    python benchmarks/all_styles.py [--jobs N] [--styles NAME ...]

Each style is loaded in its own language and sets items of many kinds (dates with ranges, seasons and none;
no author, institutions, particles; markup, other scripts) and citations of them: single, several, with
locators, repeated, with affixes, in the text, and without the author. The exit status is 1 where a style
raises anything, or leaves a citation or an entry out without telling.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperbuild import csl
from paperbuild.pandoc import ast

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Outcome:
    """What became of one style."""

    style: str
    failure: str = ""
    problems: tuple[str, ...] = ()
    """What the processor itself reported."""
    blank: int = 0
    """Citations and entries without any text; some styles are made so."""


def main() -> int:
    """Prints the styles that fail; the exit status."""
    args = _arguments()
    names = args.styles or [name for name, _, _ in csl.styles(None)]
    started = time.monotonic()
    with ProcessPoolExecutor(args.jobs) as pool:
        outcomes = list(pool.map(attempt, names, chunksize=20))
    failed = [outcome for outcome in outcomes if outcome.failure]
    for outcome in failed:
        print(f"{outcome.style}: {outcome.failure}")
    if args.problems:
        for outcome in outcomes:
            print("".join(f"{outcome.style}: {problem}\n" for problem in outcome.problems), end="")
    print(
        f"{len(outcomes) - len(failed)} of {len(outcomes)} styles set {len(ITEMS)} items and "
        f"{len(CITATIONS)} citations; {sum(len(one.problems) for one in outcomes)} problems reported, "
        f"{sum(one.blank for one in outcomes)} texts blank; {time.monotonic() - started:.0f} s"
    )
    return 1 if failed else 0


def attempt(name: str) -> Outcome:
    """One style."""
    try:
        style = csl.find_style(name, folder=ROOT, project=None)
        citations = CITATIONS if style.note else [csl.Citation(one.cites) for one in CITATIONS]
        done = csl.process(style, ITEMS, citations, nocite=["*"])
        unsaid = _unsaid(done) if style.has_bibliography else ()
        if len(done.citations) != len(citations) or unsaid:
            return Outcome(name, f"{len(done.citations)} citations; no entry for {', '.join(unsaid)}")
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        return Outcome(name, f"{type(error).__name__}: {error} ({where})")
    texts = [(*one.text, *one.note) for one in done.citations]
    inlines = [[node for part in parts for node in part.inlines] for parts in texts]
    inlines += [list(entry.inlines) for entry in done.bibliography]
    blank = sum(not ast.plain(one).strip() for one in inlines)
    return Outcome(name, "", tuple(problem.message for problem in done.problems), blank)


def _unsaid(done: csl.Processed) -> list[str]:
    """The items that have neither an entry nor a problem that tells why."""
    told = {problem.key for problem in done.problems if problem.message.endswith("in the list")}
    return [key for key in ITEMS if key not in told.union(entry.key for entry in done.bibliography)]


def _date(*parts: Sequence[int], **more: Any) -> dict[str, Any]:
    return {"date-parts": [list(part) for part in parts], **more}


def _name(family: str, given: str, **more: str) -> dict[str, str]:
    return {"family": family, "given": given, **{key.replace("_", "-"): value for key, value in more.items()}}


def _items() -> dict[str, dict[str, Any]]:
    items: dict[str, dict[str, Any]] = {
        "article": {
            "type": "article-journal",
            "title": "On <i>Homo sapiens</i> and “other” species: a review",
            "author": [_name("García Márquez", "Ana-Lucía"), _name("O’Brien", "J. R."), _name("Li", "Wei")],
            "container-title": "Journal of Applied Ecology",
            "container-title-short": "J. Appl. Ecol.",
            "volume": "12",
            "issue": "3-4",
            "page": "1128-1134",
            "issued": _date([2019, 3, 7]),
            "DOI": "10.1000/xyz123",
        },
        "article2": {
            "type": "article-journal",
            "title": "CO<sub>2</sub> and H<sub>2</sub>O",
            "author": [_name("García Márquez", "Ana-Lucía"), _name("O’Brien", "J. R."), _name("Osei", "K.")],
            "container-title": "Nature",
            "page": "e17",
            "issued": _date([2019, 11]),
        },
        "book": {
            "type": "book",
            "title": "Reine Rechtslehre",
            "author": [_name("Kelsen", "Hans", suffix="Jr.")],
            "publisher": "Deuticke",
            "publisher-place": "Leipzig",
            "edition": "2",
            "original-date": _date([1934]),
            "issued": _date([1960]),
            "number-of-pages": "534",
            "language": "de",
        },
        "chapter": {
            "type": "chapter",
            "title": "Names with particles",
            "author": [
                _name("Beethoven", "Ludwig", dropping_particle="van"),
                _name("Goethe", "J. W.", non_dropping_particle="von"),
            ],
            "editor": [_name("La Fontaine", "Jean", non_dropping_particle="de"), _name("Ng", "A.")],
            "translator": [_name("Smith", "Zoë")],
            "container-title": "Handbook of names",
            "collection-title": "Series in onomastics",
            "collection-number": "7",
            "volume": "II",
            "page": "45–67, 70",
            "publisher": "Brill",
            "issued": _date([2001], [2003]),
        },
        "thesis": {
            "type": "thesis",
            "title": "Über Größen",
            "genre": "PhD thesis",
            "author": [_name("Ünal", "Çağla")],
            "publisher": "Universität Zürich",
            "issued": _date([2015], season="2"),
        },
        "webpage": {
            "type": "webpage",
            "title": "A page without a date",
            "container-title": "Example",
            "URL": "https://example.org/page?x=1&y=2",
            "accessed": _date([2024, 2, 29]),
        },
        "legal": {
            "type": "legal_case",
            "title": "Brown v. Board of Education",
            "authority": "Supreme Court of the United States",
            "container-title": "U.S.",
            "volume": "347",
            "page": "483",
            "issued": _date([1954, 5, 17]),
        },
        "patent": {
            "type": "patent",
            "title": "Apparatus",
            "author": [{"literal": "Acme & Sons Ltd."}],
            "number": "US 1,234,567 B2",
            "jurisdiction": "US",
            "issued": _date([1999, 12, 31], [2000, 1, 2]),
        },
        "report": {
            "type": "report",
            "title": "World health report",
            "author": [{"literal": "World Health Organization"}, {"literal": "UNICEF"}],
            "number": "TR-7",
            "publisher": "WHO",
            "issued": {"literal": "forthcoming"},
        },
        "conference": {
            "type": "paper-conference",
            "title": "Deep nets",
            "author": [
                _name(family, "A. B.") for family in "Abe Bach Cruz Diaz Eco Fay Gil Hu Ito Jo".split()
            ],
            "container-title": "Proceedings of X",
            "event-title": "X 2020",
            "event-place": "Lima",
            "page": "1-10",
            "issued": _date([2020, 7, 1], [2020, 7, 3], circa=True),
        },
        "unicode": {
            "type": "book",
            "title": "日本語の本 — Кириллица 𝔘𝔫𝔦",
            "author": [_name("山田", "太郎"), _name("Достоевский", "Ф. М.")],
            "publisher": "岩波書店",
            "issued": _date([-44]),
        },
        "newspaper": {
            "type": "article-newspaper",
            "title": "Editorial",
            "container-title": "The Times",
            "page": "A1",
            "issued": {"raw": "2021-05-04"},
        },
        "nothing": {"type": "document"},
        "odd": {
            "type": "no-such-type",
            "title": "An odd one",
            "volume": 3,
            "issued": {"date-parts": [["1990"]]},
        },
    }
    return {key: {"id": key, **item} for key, item in items.items()}


def _citations() -> list[csl.Citation]:
    words = tuple(ast.text("see also"))
    groups = [
        *[(csl.Cite(key),) for key in ITEMS],
        (csl.Cite("article"),),
        (csl.Cite("article"),),
        (csl.Cite("article", locator="12"),),
        (csl.Cite("article", locator="12-15"), csl.Cite("book", locator="3", label="chapter")),
        (csl.Cite("article"), csl.Cite("article2"), csl.Cite("book"), csl.Cite("conference")),
        (csl.Cite("legal", prefix=words, suffix=tuple(ast.text("passim"))), csl.Cite("patent")),
        (csl.Cite("chapter", mode="author-in-text"),),
        (csl.Cite("report", mode="suppress-author", locator="iv", label="section"),),
        (csl.Cite("unicode"), csl.Cite("unicode", locator="7")),
        (csl.Cite("nothing"), csl.Cite("odd")),
    ]
    return [csl.Citation(cites, note) for note, cites in enumerate(groups, 1)]


ITEMS = _items()
CITATIONS = _citations()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--styles", nargs="+", metavar="NAME", help="only these")
    parser.add_argument("--jobs", type=int, default=2, help="processes (%(default)s)")
    parser.add_argument("--problems", action="store_true", help="print what the processor reports, too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
