"""Damages real styles and works at random and sets them: nothing may raise but StyleError.

    python benchmarks/mutated_styles.py [--runs N] [--seed N]

Attributes get senseless values, elements vanish or are doubled, fields of works hold what no field should.
Every failure is printed with the number that repeats it; the exit status is 1 where there is one.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lxml import etree

import all_styles
from paperbuild import csl

STYLES = (
    "apa",
    "american-medical-association",
    "chicago-notes-bibliography",
    "din-1505-2",
    "harvard-cite-them-right",
    "ieee",
    "iso690-author-date-en",
    "modern-language-association",
    "oscola",
    "zeitschrift-fur-kunstgeschichte",
)
SENSELESS = (
    "",
    "x",
    "-1",
    "0",
    "999999",
    "9" * 30,
    "true",
    " ",
    "ß<>",
    "long short",
    "😀",
    "title",
    "page",
    "١٢",
    "²",
)
FIELDS = (
    "author",
    "issued",
    "title",
    "page",
    "volume",
    "edition",
    "editor",
    "type",
    "note",
    "DOI",
    "accessed",
)
STRANGE: tuple[Any, ...] = (
    None, "", 0, -5, 1.5, True, [], {}, [None], [[]], "<i>x", '"', "\u202e", "–", "&", ", ,", "1-2-3",
    {"family": 5}, [{"family": None}], [{"literal": ""}], [{"given": "x"}], {"raw": "??"},
    {"date-parts": [[None]]}, {"date-parts": [["x", "y"]]}, {"date-parts": [[2000, 13, 45]]},
    {"season": 9, "date-parts": [[1], [0]]},
)  # fmt: skip


def main() -> int:
    """Prints what raised; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--runs", type=int, default=400, help="how many damaged styles (400)")
    parser.add_argument("--seed", type=int, default=0, help="the number of the first one (0)")
    args = parser.parse_args()
    outcomes = [attempt(seed) for seed in range(args.seed, args.seed + args.runs)]
    failed = [outcome for outcome in outcomes if outcome not in ("set", "refused")]
    print("".join(f"{failure}\n" for failure in failed), end="")
    print(f"{args.runs} damaged styles: {outcomes.count('set')} set, {outcomes.count('refused')} refused")
    return 1 if failed else 0


def attempt(seed: int) -> str:
    """``set``, ``refused``, or what was raised."""
    rng = random.Random(seed)
    name = rng.choice(STYLES)
    path = csl.find_style(name, folder=Path(), project=None).path
    try:
        return _set(damaged(path, rng), strange(all_styles.ITEMS, rng))
    except csl.StyleError:
        return "refused"
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        return f"--seed {seed} --runs 1 ({name}): {type(error).__name__}: {error} ({where})"


def _set(xml: bytes, items: Mapping[str, Mapping[str, Any]]) -> str:
    own = Path("build") / "mutated.csl"
    own.parent.mkdir(exist_ok=True)
    own.write_bytes(xml)
    csl.process(
        csl.find_style(str(own), folder=Path(), project=None), items, all_styles.CITATIONS, nocite=["*"]
    )
    return "set"


def damaged(path: Path, rng: random.Random) -> bytes:
    """The style with up to twelve things wrong."""
    root = etree.parse(str(path)).getroot()
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    for _ in range(rng.randint(1, 12)):
        element, parent = rng.choice(elements), rng.choice(elements)
        chance = rng.random()
        if chance < 0.6 and element.attrib:
            element.set(rng.choice(sorted(element.attrib)), rng.choice(SENSELESS))
        elif chance < 0.75 and element.attrib:
            del element.attrib[rng.choice(sorted(element.attrib))]
        elif chance >= 0.9 and element is not root:
            parent.append(copy.deepcopy(element))
        elif (above := element.getparent()) is not None:
            above.remove(element)
    return etree.tostring(root)


def strange(items: Mapping[str, Mapping[str, Any]], rng: random.Random) -> dict[str, dict[str, Any]]:
    """The works with up to six fields that hold something else."""
    made = {key: dict(item) for key, item in items.items()}
    for _ in range(rng.randint(0, 6)):
        made[rng.choice(sorted(made))][rng.choice(FIELDS)] = rng.choice(STRANGE)
    return made


if __name__ == "__main__":
    sys.exit(main())
