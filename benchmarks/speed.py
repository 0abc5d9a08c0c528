"""Time of a whole export beside pandoc's, in one run: the ratio is what can be compared between machines.

    python benchmarks/speed.py [MANUSCRIPT ...] [--runs N]

Ours is ``paperbuild export`` to all three formats, verified. The peer is three runs of pandoc: to DOCX, to
HTML, and to PDF through WeasyPrint, all with --citeproc, -s and --toc. Without a manuscript, the samples are
measured.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypandoc

from paperbuild import csl
from paperbuild.model import PaperbuildError
from paperbuild.pandoc.metadata import value
from paperbuild.parse import parse
from paperbuild.pipeline import DEFAULT_STYLE
from paperbuild.read import read

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 900


def main() -> int:
    """Prints a row for each manuscript."""
    args = _arguments()
    print(f"{'manuscript':36}{'ours, s':>10}{'pandoc, s':>11}{'ratio':>8}")
    for path in args.manuscripts:
        with tempfile.TemporaryDirectory() as folder:
            ours = min(_ours(path, Path(folder)) for _ in range(args.runs))
            peer = min(_peer(path, Path(folder)) for _ in range(args.runs))
        name = path.name if path.is_dir() else f"{path.parent.name}/{path.name}"
        print(f"{name:36}{ours:10.1f}{peer:11.1f}{ours / peer:8.2f}", flush=True)
    return 0


def _ours(path: Path, folder: Path) -> float:
    command = [
        sys.executable,
        "-m",
        "paperbuild",
        "export",
        str(path),
        "--out",
        str(folder / "dist"),
        "--force",
    ]
    return _run([command])


def _peer(path: Path, folder: Path) -> float:
    source, style, bibliographies = _inputs(path)
    shared = [
        str(source),
        "--citeproc",
        "-s",
        "--toc",
        f"--csl={style}",
        "--resource-path",
        str(source.parent),
    ]
    shared += [f"--bibliography={one}" for one in bibliographies]
    pandoc = pypandoc.get_pandoc_path()
    engine = f"--pdf-engine={Path(sys.executable).parent / 'weasyprint'}"
    outputs = [["-o", "peer.docx"], ["-o", "peer.html"], ["-o", "peer.pdf", engine]]
    return _run([[pandoc, *shared, output[0], str(folder / output[1]), *output[2:]] for output in outputs])


def _inputs(path: Path) -> tuple[Path, Path, list[Path]]:
    """The manuscript's file, its style's file and its bibliographies, as pandoc is to be told of them."""
    manuscript = read(path)
    document = parse(manuscript)
    source = manuscript.parts[0].path
    named = value(document.meta.get("csl"))
    try:
        style = csl.find_style(str(named or DEFAULT_STYLE), folder=document.folder, project=ROOT)
    except PaperbuildError:
        style = csl.find_style("apa", folder=document.folder, project=ROOT)
    found = value(document.meta.get("bibliography")) or []
    names = found if isinstance(found, list) else [found]
    return (
        source,
        style.path,
        [source.parent / str(name) for name in names if (source.parent / str(name)).is_file()],
    )


def _run(commands: list[list[str]]) -> float:
    """Seconds of all commands, one after the other."""
    started = time.monotonic()
    for command in commands:
        subprocess.run(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LIMIT,
            check=False,
            cwd=ROOT,
        )
    return time.monotonic() - started


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    samples = sorted(p for p in (ROOT / "manuscripts").iterdir() if p.is_dir())
    parser.add_argument("manuscripts", nargs="*", type=Path, default=samples)
    parser.add_argument("--runs", type=int, default=1, help="the fastest of so many runs counts")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
