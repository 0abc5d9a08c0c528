"""The trial: faults are injected into finished files, and verifying has to name what each one harmed.

    python -m tests.mutation.trial [MANUSCRIPT ...] [--to FORMATS] [--kind KIND ...] [--seeds N] [--show]

Each manuscript is exported once; its files must be without any error before they are harmed. Then each
kind of fault is done to each file, with N seeds, and the table says how many of them were told, by kind
and format. The exit status is 1 where a single one was not.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from random import Random

from tests.mutation import Mutation, docx_zotero

from paperbuild import pipeline
from paperbuild.config import USUAL_FORMATS, Amount
from paperbuild.formats import registry
from paperbuild.formats.base import Prepared
from paperbuild.model import Finding, PaperbuildError
from paperbuild.pipeline import Job
from paperbuild.verify import compare

_MODULES = {"pdf": "tests.mutation.pdf", "docx": "tests.mutation.docx", "preview": "tests.mutation.html"}
_LETTERS = 16
"""How many letters of what was harmed a finding has to repeat."""


@dataclass(frozen=True)
class Whole:
    """A finished file that nothing was done to, and what it has to hold."""

    name: str
    format: str
    prepared: Prepared
    data: bytes
    live: bool = False
    """True for a Word document with fields for Zotero."""

    def findings(self, data: bytes) -> list[Finding]:
        """The errors that verifying finds in a file that should be this one."""
        observed = registry.get(self.format).read(data)
        _, found = compare(self.format, self.prepared.promised, observed)
        return [finding for finding in found if finding.severity == "error"]


@dataclass(frozen=True)
class Result:
    """What became of one fault."""

    name: str
    format: str
    kind: str
    seed: int
    words: tuple[str, ...]
    found: tuple[str, ...]
    """The errors' sentences, each with its place."""
    named: bool
    """True where one of them names what was harmed."""


def mutations(format_name: str) -> Mapping[str, Mutation]:
    """The kinds of faults for a format."""
    found: Mapping[str, Mutation] = import_module(_MODULES[format_name]).MUTATIONS
    return found


def kinds(whole: Whole) -> list[str]:
    """The kinds of faults that are tried on a file: on one with fields for Zotero, those done to fields."""
    return [kind for kind in mutations(whole.format) if not whole.live or kind in docx_zotero.FAULTS]


def wholes(path: Path, formats: Iterable[str]) -> list[Whole]:
    """A manuscript's finished files. The preview shows all of it: what is withheld can't be lost.

    A Word document with citations is made a second time, with fields for Zotero.
    """
    plan = pipeline.plan(Job(path))
    preview = plan.options.preview.model_copy(update={"show": Amount(1)})
    options = plan.options.model_copy(update={"preview": preview})
    plan = replace(plan, options=options)
    made = [_whole(plan, path.name, name) for name in formats]
    if "docx" in formats and plan.document.works:
        word = options.docx.model_copy(update={"citations": "zotero"})
        live = replace(plan, options=options.model_copy(update={"docx": word}))
        made.append(replace(_whole(live, path.name, "docx"), live=True))
    return made


def _whole(plan: pipeline.Plan, name: str, format_name: str) -> Whole:
    form = registry.get(format_name)
    prepared = pipeline.prepare(plan, form)
    return Whole(name, format_name, prepared, form.write(prepared, plan.options, plan.layout).data)


def tried(whole: Whole, kind: str, seed: int) -> Result | None:
    """One fault done to a file and judged; None where the file has nothing of the kind."""
    mutant = mutations(whole.format)[kind](whole.data, Random(f"{kind}:{seed}"))
    if mutant is None:
        return None
    findings = whole.findings(mutant.data)
    said = tuple(f"{finding.check}: {finding.message} [{finding.where}]" for finding in findings)
    names = any(names_it(finding, mutant.words) for finding in findings)
    return Result(whole.name, whole.format, kind, seed, mutant.words, said, names)


def names_it(finding: Finding, words: Sequence[str]) -> bool:
    """True where a finding repeats the first letters of one of the words, in its sentence or its evidence."""
    evidence = finding.evidence
    shown = f"{evidence.promised}|{evidence.found}" if evidence else ""
    heard = letters(f"{finding.message}|{finding.where}|{shown}")
    return any(letters(word)[:_LETTERS] in heard for word in words if letters(word))


def letters(text: str) -> str:
    """The letters and digits of a text in lower case; all signs of a text that has none."""
    return "".join(char for char in text.casefold() if char.isalnum()) or "".join(text.split())


# -- the command ------------------------------------------------------------------------------------------


def main() -> int:
    """Runs the trial; the exit status."""
    args = _arguments()
    started = time.monotonic()
    results: list[Result] = []
    unclean = 0
    with ProcessPoolExecutor(args.jobs) as pool:
        for name, dirty, found in pool.map(_manuscript, [(path, args) for path in args.manuscripts]):
            for sentence in dirty:
                print(f"untouched {name}: {sentence}")
            unclean += len(dirty)
            results += found
            missed = [result for result in found if not result.named]
            print(f"{name}: {len(found)} faults, {len(missed)} not told", file=sys.stderr, flush=True)
            for result in missed if args.show else ():
                _show(result)
    print(table(results))
    told = sum(result.named for result in results)
    print(
        f"\n{told} of {len(results)} faults told, of {len({r.kind for r in results})} kinds, "
        f"in {len({r.name for r in results})} manuscripts; {unclean} findings on untouched files; "
        f"{time.monotonic() - started:.0f} s"
    )
    return 0 if results and told == len(results) and not unclean else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("manuscripts", nargs="*", type=Path, help="by default, those in manuscripts/")
    parser.add_argument("--to", default=",".join(USUAL_FORMATS))
    parser.add_argument("--kind", nargs="*", default=[])
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", action="store_true", help="what was not told, with the findings instead")
    args = parser.parse_args()
    args.manuscripts = args.manuscripts or sorted(p for p in Path("manuscripts").iterdir() if p.is_dir())
    return args


def _manuscript(given: tuple[Path, argparse.Namespace]) -> tuple[str, list[str], list[Result]]:
    """A manuscript's name, the errors in its untouched files, and what became of each fault."""
    path, args = given
    try:
        made = wholes(path, args.to.split(","))
    except PaperbuildError as error:
        return path.name, [f"refused: {error.message}"], []
    dirty = [f"{one.format}: {f.check}: {f.message}" for one in made for f in one.findings(one.data)]
    return path.name, dirty, [result for one in made for result in _all(one, args)]


def _all(whole: Whole, args: argparse.Namespace) -> Iterator[Result]:
    for kind in kinds(whole):
        for seed in range(args.seeds) if not args.kind or kind in args.kind else ():
            result = tried(whole, kind, seed)
            if result:
                yield result


def table(results: Sequence[Result]) -> str:
    """How many faults of each kind were told of how many that were done, by format."""
    counts: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for result in results:
        counts[result.kind, result.format].append(result.named)
    kinds = _kinds_in_order(tuple(sorted({result.kind for result in results})))
    width = max((len(kind) for kind in kinds), default=4)
    lines = [f"{'kind':{width}}  " + "".join(f"{name:>12}" for name in USUAL_FORMATS)]
    for kind in kinds:
        cells = (counts.get((kind, name), []) for name in USUAL_FORMATS)
        shown = (f"{sum(cell)}/{len(cell)}{' !' * (not all(cell))}" if cell else "-" for cell in cells)
        lines.append(f"{kind:{width}}  " + "".join(f"{cell:>12}" for cell in shown))
    return "\n".join(lines)


@cache
def _kinds_in_order(kinds: tuple[str, ...]) -> list[str]:
    """The kinds as the formats list them."""
    order = {kind: place for name in USUAL_FORMATS for place, kind in enumerate(mutations(name))}
    return sorted(kinds, key=lambda kind: (order.get(kind, 999), kind))


def _show(result: Result) -> None:
    print(f"NOT TOLD {result.name} {result.format} {result.kind} (seed {result.seed})")
    for word in result.words:
        print(f"    harmed: {word[:150]!r}")
    for sentence in result.found[:6]:
        print(f"    found:  {sentence[:220]}")


if __name__ == "__main__":
    sys.exit(main())
