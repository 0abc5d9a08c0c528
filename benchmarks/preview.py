"""What a preview costs beyond resolving, and how large it is beside what can be seen of it.

    python benchmarks/preview.py [MANUSCRIPT ...] [--runs N]

The cost is all that ``export --to preview`` does after the manuscript is resolved: cutting, citing the
paper, writing, searching the bytes for what is withheld, reading back and comparing; in seconds of the
processor, the least of N runs. Visible content is the text of the page (UTF-8) and the bytes of its pictures.
The exit status is 1 where a paper of up to 10,000 words takes more than 0.2 s, or a page is larger than 1.5
times its visible content plus 60 KB. Without a manuscript, the samples are measured, and the essay repeated
to 10,000 words.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from lxml import html

from paperbuild import pipeline
from paperbuild.formats import registry
from paperbuild.formats.base import Prepared, Written
from paperbuild.inventory import words
from paperbuild.leak import leaks
from paperbuild.pipeline import Job
from paperbuild.verify import compare

LONG = 10_000
SECONDS = 0.2
FACTOR, ALLOWANCE = 1.5, 60 * 1024
T = TypeVar("T")
STEPS = ("prepare", "write", "search", "verify")
SAMPLES = Path(__file__).resolve().parent.parent / "manuscripts"


@dataclass(frozen=True)
class Measured:
    """One manuscript's preview."""

    words: int
    seconds: dict[str, float]
    size: int
    visible: int

    @property
    def kept(self) -> bool:
        """True where both limits are kept."""
        quick = self.words > LONG * 1.02 or sum(self.seconds.values()) <= SECONDS
        return quick and self.size <= FACTOR * self.visible + ALLOWANCE


def main() -> int:
    """Measures each manuscript; the exit status."""
    args = _arguments()
    steps = "".join(f"{step + ' ms':>12}" for step in STEPS)
    print(
        f"{'manuscript':34}{'words':>8}{steps}{'all ms':>9}{'visible KB':>12}{'page KB':>9}{'limit KB':>10}"
    )
    with tempfile.TemporaryDirectory() as folder:
        paths = args.manuscripts or [*sorted(p for p in SAMPLES.iterdir() if p.is_dir()), _long(Path(folder))]
        rows = [_measured(path, args.runs) for path in paths]
    return 0 if all(row.kept for row in rows) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("manuscripts", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    return parser.parse_args()


def _long(folder: Path) -> Path:
    """The essay with its text repeated, so that it has 10,000 words; each time with words of its own."""
    source = SAMPLES / "collective-security"
    whole = (source / "collective-security.md").read_text(encoding="utf-8")
    front, body = whole.removeprefix("---\n").split("\n---\n", 1)
    paragraphs = body.strip().split("\n\n")
    text, number, long = [], 0, 0
    while long < LONG:  # word7 for each word of seven letters in the seventh round
        part = paragraphs[number % len(paragraphs)]
        turn = str(number // len(paragraphs))
        text.append(" ".join(w + turn if len(w) == 7 and w.isalpha() else w for w in part.split(" ")))
        long, number = long + len(part.split()), number + 1
    (folder / "references.bib").write_bytes((source / "references.bib").read_bytes())
    path = folder / "ten-thousand.md"
    path.write_text(f"---\n{front}\n---\n\n" + "\n\n".join(text), encoding="utf-8")
    return path


def _measured(path: Path, runs: int) -> Measured:
    """The best of the runs, printed."""
    plan = pipeline.plan(Job(path, formats=("preview",)))
    form = registry.get("preview")
    spent: dict[str, list[float]] = {step: [0.0] for step in STEPS}
    for _ in range(runs):
        took = dict.fromkeys(STEPS, 0.0)
        prepared, took["prepare"] = _timed(form.prepare, plan.document, plan.options)
        written, took["write"] = _timed(form.write, prepared, plan.options, plan.layout)
        if prepared.withheld is not None:
            _, took["search"] = _timed(leaks, "page.html", written.data, prepared.withheld)
        _, took["verify"] = _timed(_verified, prepared, written)
        spent = {step: [*spent[step], took[step]] for step in STEPS}
    best = {step: min(spent[step][1:]) for step in STEPS}
    pictures = sum(len(image.data) for image in prepared.document.images.values())
    row = Measured(words(plan.document.blocks), best, len(written.data), _visible(written.data) + pictures)
    times = "".join(f"{best[step] * 1000:>12.0f}" for step in STEPS)
    limit = FACTOR * row.visible + ALLOWANCE
    print(
        f"{path.parent.name + '/' + path.name:34.34}{row.words:>8}{times}{sum(best.values()) * 1000:>9.0f}"
        f"{row.visible / 1024:>12.0f}{row.size / 1024:>9.0f}{limit / 1024:>10.0f}"
        + ("" if row.kept else "   over the limit"),
        flush=True,
    )
    return row


def _timed(function: Callable[..., T], *args: object) -> tuple[T, float]:
    started = time.process_time()
    result = function(*args)
    return result, time.process_time() - started


def _verified(prepared: Prepared, written: Written) -> None:
    compare("preview", prepared.promised, registry.get("preview").read(written.data))


def _visible(page: bytes) -> int:
    """The bytes of the text that a reader of the page sees."""
    (body,) = html.document_fromstring(page).xpath("//body")
    for element in body.xpath(".//script | .//style | .//template"):
        element.drop_tree()
    return len(" ".join(body.text_content().split()).encode())


if __name__ == "__main__":
    sys.exit(main())
