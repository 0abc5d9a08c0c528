"""CPU time of the citation processor beside citeproc-py's and pandoc's, in one run.

    python benchmarks/citations.py [--entries N] [--runs N]

N entries (1,000) of many kinds are made, the same ones every time, each is cited once, and citations and
reference list are set in APA: by ``csl.process``; by citeproc-py through its documented interface; and by
``pandoc --citeproc``, less what pandoc takes for the same document without it. Times are user and system
time with that of child processes; the fastest of the runs counts (citeproc-py, much slower, runs once).

Limits: 1/8 of citeproc-py's time and 1/4 of pandoc's; at 2,000 entries, 1.3 times the time for an entry
at 200; a style loads within 30 ms (median of the styles of agreement.py) and once in a run. The exit
status is 1 where one is missed.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import citeproc
from citeproc.source.json import CiteProcJSON

from agreement import STYLES
from paperbuild import csl
from paperbuild.csl.style.load import read_style
from paperbuild.pandoc import ast
from paperbuild.pandoc.run import run

ROOT = Path(__file__).resolve().parent.parent
LANG = "en-US"
OF_CITEPROC_PY = 1 / 8
OF_PANDOC = 1 / 4
GROWTH = 1.3
LOADING = 0.030

Items = dict[str, dict[str, Any]]


def main() -> int:
    """Prints times, ratios and limits; the exit status."""
    args = _arguments()
    style = csl.find_style("apa", folder=ROOT, project=None)
    kept = [_processors(style, entries(args.entries), args.runs), _growth(style, args.runs), _loading()]
    kept.append(_once(style))
    return 0 if all(kept) else 1


def _processors(style: csl.Style, items: Items, runs: int) -> bool:
    """Ours beside the two others."""
    print(f"{len(items)} entries and {len(items)} citations in APA, CPU seconds")
    ours = min(_cpu(lambda: _ours(style, items)) for _ in range(runs))
    print(f"  {'ours':44}{ours:8.2f}", flush=True)
    startup = min(_cpu(lambda: _pandoc(style, items, "--wrap=none")) for _ in range(runs))
    pandoc = min(_cpu(lambda: _pandoc(style, items, "--citeproc")) for _ in range(runs)) - startup
    print(f"  {f'pandoc --citeproc, less {startup:.2f} s without it':44}{pandoc:8.2f}", flush=True)
    peer = _cpu(lambda: _citeproc_py(style, items))
    print(f"  {'citeproc-py':44}{peer:8.2f}", flush=True)
    within_pandoc = _verdict("ours / pandoc", ours / pandoc, OF_PANDOC)
    return _verdict("ours / citeproc-py", ours / peer, OF_CITEPROC_PY) and within_pandoc


def _growth(style: csl.Style, runs: int) -> bool:
    """Time for an entry at 2,000 entries over that at 200."""
    times = []
    for count in (200, 2000):
        items = entries(count)
        _ours(style, items)
        times.append(min(_cpu(lambda items=items: _ours(style, items)) for _ in range(runs)) / count)  # type: ignore[misc]
    print(f"time for an entry: {times[0] * 1000:.2f} ms of 200, {times[1] * 1000:.2f} ms of 2000")
    return _verdict("growth", times[1] / times[0], GROWTH)


def _loading() -> bool:
    """The time of loading a style: the shortest of three each, since other work on the machine adds to it."""
    times = sorted(_load_time(csl.find_style(name, folder=ROOT, project=None).path) for name in STYLES)
    print(f"loading a style: {statistics.median(times) * 1000:.1f} ms, the slowest {times[-1] * 1000:.1f} ms")
    return _verdict("seconds for loading the slowest", times[-1], LOADING)


def _load_time(path: Path) -> float:
    return min(_cpu(lambda: read_style(path, LANG)) for _ in range(3))


def _once(style: csl.Style) -> bool:
    """How often one run loads its style."""
    unread = "en-GB"
    calls = _calls(
        read_style.__code__, lambda: [csl.process(style, entries(20), (), lang=unread) for _ in range(2)]
    )
    print(f"times that a run of two documents loads its style: {calls}")
    return calls == 1


def _calls(code: CodeType, work: Callable[[], object]) -> int:
    """How often the function of this code is called."""
    count = 0

    def watch(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event == "call" and frame.f_code is code

    sys.setprofile(watch)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def _verdict(what: str, value: float, limit: float) -> bool:
    kept = value <= limit
    print(f"  {what}: {value:.3g}, limit {limit:.3g}: {'kept' if kept else 'MISSED'}", flush=True)
    return kept


def _cpu(work: Callable[[], object]) -> float:
    """User and system seconds of the work, those of child processes with it."""
    before = _used()
    work()
    return _used() - before


def _used() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in both)


# The three processors


def _ours(style: csl.Style, items: Items) -> csl.Processed:
    return csl.process(style, items, [csl.Citation((csl.Cite(key),)) for key in items], lang=LANG)


def _pandoc(style: csl.Style, items: Items, option: str) -> None:
    blocks = [ast.para([_cite(key)]) for key in items]
    document = json.dumps(ast.pandoc(blocks, {"lang": {"t": "MetaString", "c": LANG}}))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "items.json"
        file.write_text(json.dumps(list(items.values())), encoding="utf-8")
        run(["-f", "json", "-t", "json", f"--csl={style.path}", f"--bibliography={file}", option], document)


def _cite(key: str) -> ast.Node:
    cite = {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[cite], ast.text(f"[@{key}]")]}


def _citeproc_py(style: csl.Style, items: Items) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        source = CiteProcJSON(list(items.values()))
        loaded = citeproc.CitationStylesStyle(str(style.path), locale=LANG, validate=False)
        bibliography = citeproc.CitationStylesBibliography(loaded, source, citeproc.formatter.html)
        citations = [citeproc.Citation([citeproc.CitationItem(key)]) for key in items]
        for citation in citations:
            bibliography.register(citation)
        bibliography.sort()
        for citation in citations:
            str(bibliography.cite(citation, lambda _: None))
        for entry in bibliography.bibliography():
            str(entry)


# The entries

_FAMILY = """Abbott Adeyemi Almeida Andersen Bauer Becker Bernard Castillo Chen Costa Cohen Dubois Eriksson
Fischer Fontaine García Gupta Haddad Hansen Ibrahim Ivanova Jensen Johnson Kaplan Kelsen Kim Kowalska
Lange Lindqvist Martin Mbeki Mendoza Nakamura Nguyen Novák O’Brien Okafor Osei Patel Petrov Popescu
Ramírez Rossi Sato Schmidt Schneider Silva Singh Smith Suzuki Tanaka Thompson Ünal Vasquez Virtanen
Wagner Wang Weber Williams Yamamoto Young Zhang Zimmermann""".split()
_GIVEN = """Ada Amir Anna Björn Chloe Daniel Elena Emeka Fatima Georg Hannah Hiro Ingrid James Jean-Paul João
Karin Lars Li Maria Mei Michael Noor Olga Paula Peter Priya Quentin Rosa Samuel Sofia Thomas Uma Viktor
Wei Xavier Yuki Zoë""".split()
_WORDS = """adaptive analysis attention bayesian behavior boundary cells citizenship climate cognition courts
data democracy development dynamics ecology education emotion energy equality evidence evolution finance
gender growth health history identity inference institutions justice knowledge labor language law learning
markets memory methods migration models networks ocean perception policy power prediction proteins
regulation religion reproducible research risk security selection social soil species statistics structure
systems theory trade urban values water welfare""".split()
_JOURNALS = (
    "Journal of Applied Ecology",
    "Psychological Review",
    "The American Journal of International Law",
    "Nature Methods",
    "PLOS ONE",
    "Zeitschrift für Soziologie",
)
_PUBLISHERS = ("Oxford University Press", "Springer", "MIT Press", "Éditions du Seuil", "Routledge")
_BODIES = ("World Health Organization", "National Research Council", "European Commission")


def entries(count: int) -> Items:
    """Entries of many kinds, always the same."""
    chance = random.Random(count)
    made: Items = {}
    for index in range(count):
        kind = chance.choices(list(_KINDS), [10, 4, 4, 2, 2])[0]
        key = f"item{index}"
        shared: dict[str, Any] = {"id": key, "type": kind, "title": _title(chance), "issued": _date(chance)}
        made[key] = shared | _KINDS[kind](chance)
    return made


def _article(chance: random.Random) -> dict[str, Any]:
    start = chance.randint(1, 2000)
    return {
        "author": _names(chance),
        "container-title": chance.choice(_JOURNALS),
        "volume": str(chance.randint(1, 90)),
        "issue": str(chance.randint(1, 12)),
        "page": f"{start}-{start + chance.randint(1, 40)}",
        "DOI": f"10.1000/{chance.randint(10**5, 10**7)}",
    }


def _book(chance: random.Random) -> dict[str, Any]:
    role = chance.choice(("author", "author", "editor"))
    book = {role: _names(chance), "publisher": chance.choice(_PUBLISHERS), "publisher-place": "London"}
    return book | ({"edition": str(chance.randint(2, 5))} if chance.random() < 0.3 else {})


def _chapter(chance: random.Random) -> dict[str, Any]:
    start = chance.randint(1, 400)
    return {
        "author": _names(chance),
        "editor": _names(chance)[:3],
        "container-title": _title(chance),
        "page": f"{start}-{start + chance.randint(5, 30)}",
        "publisher": chance.choice(_PUBLISHERS),
    }


def _report(chance: random.Random) -> dict[str, Any]:
    return {
        "author": [{"literal": chance.choice(_BODIES)}],
        "genre": "Technical report",
        "number": f"TR-{chance.randint(1, 300)}",
        "URL": f"https://example.org/reports/{chance.randint(1, 10**4)}",
    }


def _webpage(chance: random.Random) -> dict[str, Any]:
    return {
        "author": _names(chance)[:2],
        "container-title": chance.choice(_BODIES),
        "URL": f"https://example.org/{chance.choice(_WORDS)}/{chance.randint(1, 10**4)}",
        "accessed": {"date-parts": [[2024, chance.randint(1, 12), chance.randint(1, 28)]]},
    }


_KINDS: Mapping[str, Callable[[random.Random], dict[str, Any]]] = {
    "article-journal": _article,
    "book": _book,
    "chapter": _chapter,
    "report": _report,
    "webpage": _webpage,
}


def _names(chance: random.Random) -> list[dict[str, str]]:
    count = chance.choice((1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8))
    return [_name(chance, family) for family in chance.sample(_FAMILY, count)]


def _name(chance: random.Random, family: str) -> dict[str, str]:
    given = chance.choice(_GIVEN) + (f" {chance.choice('ABCDEFGHJKLMRST')}." if chance.random() < 0.5 else "")
    particle = {"non-dropping-particle": "van"} if chance.random() < 0.03 else {}
    return {"family": family, "given": given, **particle}


def _title(chance: random.Random) -> str:
    words: Sequence[str] = chance.sample(_WORDS, chance.randint(3, 8))
    title = " ".join(words).capitalize()
    return f"{title}: A study of {chance.choice(_WORDS)}" if chance.random() < 0.4 else title


def _date(chance: random.Random) -> dict[str, Any]:
    parts = [chance.randint(1950, 2024), chance.randint(1, 12), chance.randint(1, 28)]
    return {"date-parts": [parts[: chance.choice((1, 1, 1, 2, 3))]]}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--entries", type=int, default=1000, metavar="N", help="how many (%(default)s)")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="the fastest counts (%(default)s)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
