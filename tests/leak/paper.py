"""A small paper with something of everything in both of its parts, exported as a preview."""

from __future__ import annotations

import io
import random
import re
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageDraw
from tests.helpers import manuscript

from paperbuild import pipeline
from paperbuild.config import Amount
from paperbuild.leak import Withheld
from paperbuild.pipeline import Job


def chart(seed: int, kind: str = "PNG", size: tuple[int, int] = (120, 90)) -> bytes:
    """A picture of coloured bars that looks like no other."""
    image = Image.new("RGB", (120, 90), "white")
    pen = ImageDraw.Draw(image)
    dice = random.Random(seed)
    for column in range(12):
        height = dice.randint(5, 85)
        colour = (dice.randint(0, 200), dice.randint(0, 200), dice.randint(0, 200))
        pen.rectangle((column * 10, 90 - height, column * 10 + 9, 90), fill=colour)
    out = io.BytesIO()
    image.resize(size).save(out, kind)
    return out.getvalue()


DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><title>{0}</title>
<rect x="1" y="1" width="88" height="38" fill="none" stroke="black"/><text x="8" y="24">{0}</text></svg>"""

TEXT = """\
---
title: Tide Tables of a Small Port
author: Rosa Lindqvist
date: 2023-03-02
lang: en-GB
abstract: How a port kept its tide tables, and what the keeping cost.
keywords: [tides, ports]
bibliography: refs.bib
toc: true
paperbuild:
  study:
    summary: The paper asks who kept the tables of a port.
    terms: [{term: Tide table, meaning: a list of the hours of high water}]
---

# The port and its tables {#port}

A port lives by its tables. The hours of high water were written down each morning by the same hand, and
the sheets were kept in a chest by the door [@kelsen1957]. Nobody thought of them as a record of anything
but water.

What a table leaves out is as telling as what it holds.^[The chest is still there.] A storm moves the water,
and the clerk who writes the sheet has to choose between the hour he was told and the hour he saw. See
@fig:plan, where the sheet of one week is drawn, and see [the ledgers](#ledger-77) for what came of it.

![The sheet of one week](shown.png){#fig:plan alt="Bars for seven days"}

| day | hour |
|-----|------|
| Monday | six |

The height follows $h = a + b$ in calm weather, and `sheet.sort()` puts the days in order.

# Forged entries in the ledger {#ledger-77 .vaultmark}

The harbour warden falsified every second tally, and he did so by lantern light. It is to be seen in the ink,
so that most of what they read was made of old lies and none of it was from the sea at all.^[A surgeon
testified against the warden in secret.]
The proof is given by @price1965, and by [the archive](https://vault.example.org/folio/33).

![Smuggled cargo by month](hidden.png){#fig:cargo-88 alt="Contraband peaks during autumn nights"}

![](hidden.svg)

: Confiscated goods by weight

| barrel | weight |
|--------|--------|
| saltpetre | 12.5 |
| cochineal dye | 7.25 |

$$ \\Theta_{q} = \\frac{\\kappa r^{3}}{1 + \\lambda q} $$

```python
def unmask_warden(tally): return tally.reconcile(lantern=True)
```

## His end

The jury needed eleven minutes, and the verdict surprised nobody who had read the sheets with any care.

::: {lang=zh}
港口的看守人在夜里偷偷修改了所有的潮汐记录。
:::

::: {lang=ar}
زور حارس الميناء جميع سجلات المد والجزر ليلا
:::
"""

SENTENCE = "The harbour warden falsified every second tally, and he did so by lantern light."
PLAIN = "so that most of what they read was made of old lies and none of it was from the sea at all"
"""Withheld words of which each is common: only their order tells."""
CHINESE = "港口的看守人在夜里偷偷修改了所有的潮汐记录"
ARABIC = "زور حارس الميناء جميع سجلات المد والجزر ليلا"

FILES = {
    "shown.png": chart(1),
    "hidden.png": chart(2),
    "hidden.svg": DRAWING.format("Warehouse of the smuggler").encode(),
}


@dataclass(frozen=True)
class Exported:
    """The files of a preview, by name, and what they withhold."""

    files: dict[str, bytes]
    withheld: Withheld
    findings: list[str]

    @property
    def page(self) -> str:
        """The page without its style and scripts, so that it is quickly searched."""
        page = next(iter(self.files.values())).decode()
        return re.sub(r"<(style|script)\b.*?</\1>", "", page, flags=re.DOTALL)


def export(folder: Path, show: float = 0.5, cut: str = "section") -> Exported:
    """The paper's preview through the real writer, cut before its second section."""
    return at(planned(manuscript(folder, TEXT, FILES)), show, cut)


def planned(path: Path) -> pipeline.Plan:
    """A manuscript resolved, to be shown to different extents."""
    return pipeline.plan(Job(path, formats=("preview", "page"), verify=False))  # with its record


def at(plan: pipeline.Plan, show: float, cut: str = "paragraph") -> Exported:
    """The preview of a planned export that shows this share."""
    preview = plan.options.preview.model_copy(update={"show": Amount(show), "cut": cut})
    options = plan.options.model_copy(update={"preview": preview})
    made = pipeline.make(replace(plan, options=options), "preview")
    files = {f"{plan.document.slug}{suffix}": data for suffix, data in made.files.items()}
    found = [finding.message for finding in made.findings if finding.check == "paywall"]
    return Exported(files, made.withheld or Withheld(), found)
