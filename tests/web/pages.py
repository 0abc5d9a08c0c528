"""The pages under test: those of the project's manuscripts, and small ones with what is rare in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.helpers import BIB, Exported, errors, export, exported, picture

from paperbuild.formats import registry
from paperbuild.model import Inventory
from paperbuild.pipeline import Job

ROOT = Path(__file__).parent.parent.parent
MANUSCRIPTS = ("collective-security", "field-guide", "socratic-seminar")
KINDS = ("preview", "page")
_MORE = "The argument goes on for a while, so that there is something to withhold from readers. " * 4

EVERYTHING = f"""---
title: Everything at once
subtitle: A page with each thing that a paper may hold
author:
  - Ada Example
  - Ben Sample
date: 2026-03-01
abstract: |
  One paragraph of abstract, which says what there is to see.
keywords: [tables, equations, code]
toc: true
bibliography: refs.bib
paperbuild:
  preview:
    show: 70%
    sign-up: https://example.org/join
    log-in: https://example.org/members
    canonical: https://example.org/papers/everything/
    publisher: Example Library
    outline: titles
  study:
    summary: What a page looks like.
    technique: Each thing is shown once.
    structure: From tables to notes.
    questions:
      - Is anything lost?
      - Who can read it?
    terms:
      gate: where the free part ends
---

# A table

The table below is wide [@eco2015, p. 4], and has a note.[^wide]

[^wide]: It has *nine* columns, see @price1965.

| One | Two | Three | Four | Five | Six | Seven | Eight | Nine |
|:----|----:|:-----:|------|------|-----|-------|-------|------|
| alphabetical | 123456.789 | between | words | more words | and | evermore | columns | here |
| alphabetical | 123456.789 | between | words | more words | and | evermore | columns | here |

: What the columns hold

# Formulas

Inline $a^2 + b^2 = c^2$ stands in its line, and below stands one that is wider than any telephone.

$$
\\int_0^\\infty e^{{-x^2}}\\,dx + \\sum_{{k=0}}^{{n}} \\binom{{n}}{{k}} a^k b^{{n-k}}
+ \\frac{{x_1 + x_2 + x_3}}{{y_1 + y_2}}
= \\frac{{\\sqrt{{\\pi}}}}{{2}} + (a+b)^n + \\alpha + \\beta + \\gamma + \\delta + \\epsilon + \\zeta + \\eta
$$

$$\\begin{{aligned}} a &= b + c \\\\ &= d \\end{{aligned}}$$

# Program

```python
def everything_that_is_wide(first: int, second: str, third: float) -> tuple[int, str, float]:
    # A comment, a number, a text
    return (first + 42, f"{{second}} and a long line that goes on beyond the edge of a small screen", third)
```

## Lists below

- one
- two, with `code`
    1. inner
    2. list

Term
:   what it means

![A teal picture](teal.png){{width=50%}}

# Long words

Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsprotokoll
is one word, and so is
<https://example.org/a/very/long/address/that/has/no/spaces/in/it/and/does/not/fit/any/telephone>.

> A quotation [see @kelsen1957; @eco2015].

[Ein Satz auf Deutsch.]{{lang=de}} {_MORE}

# What is withheld first

{_MORE}

# What is withheld last

{_MORE} It cites @doe2001.
"""

ARABIC = """---
title: مقالة قصيرة عن القراءة
author: ليلى مثال
lang: ar
date: 2026-02-01
bibliography: refs.bib
toc: true
paperbuild:
  preview: {show: 60%}
  study: {summary: كيف يقرأ الناس}
---

# البداية

القراءة عادة قديمة، وهي مفيدة جدا لكل من يريد أن يتعلم شيئا جديدا [@eco2015]. ولها فوائد كثيرة.[^1]

- أولا
- ثانيا

[^1]: هذه ملاحظة في أسفل الصفحة.

# الوسط

نقرأ في الصباح وفي المساء، ونكتب ما نفهمه في دفتر صغير نحمله معنا دائما [@price1965].

# الطريق

نقرأ الكتب الطويلة ببطء، ونعود إلى الصفحات التي لم نفهمها في المرة الأولى.

# النهاية

وفي النهاية نغلق الكتاب ونفكر قليلا في كل ما قرأناه اليوم، ثم ننام.
"""

CHINESE = """---
title: 关于阅读的短文
author: 例子
lang: zh-CN
date: 2026-02-01
bibliography: refs.bib
paperbuild:
  preview: {show: 60%}
---

# 开始

阅读是一种古老的习惯,对每一个想学习新东西的人都很有用 [@eco2015]。

# 中间

我们早上读书,晚上也读书,并且把我们所理解的写在小本子里。[^1]

[^1]: 这是一个脚注。

# 结束

最后我们合上书,想一想今天读过的一切,然后去睡觉。
"""

PLAIN = f"""---
title: No headings here
---

{_MORE}

{_MORE}

{_MORE}
"""

BARE = f"""{_MORE}

# Only this

{_MORE}
"""

SPECIAL: Mapping[str, str] = {
    "everything": EVERYTHING, "arabic": ARABIC, "chinese": CHINESE, "plain": PLAIN, "bare": BARE,
}  # fmt: skip
NAMES = tuple((name, kind) for name in (*MANUSCRIPTS, *SPECIAL) for kind in KINDS)
"""Each page: of which manuscript, and of which format."""


@dataclass(frozen=True)
class Made:
    """A page that was made."""

    path: Path
    promised: Inventory
    slug: str

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return self.path.read_bytes()


class Pages:
    """Makes pages in a folder, each once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: dict[str, Exported] = {}

    def get(self, name: str, kind: str) -> Made:
        """The page of this manuscript and format. AssertionError where an export ends with an error."""
        if name not in self._made:
            self._made[name] = self._export(name)
        done = self._made[name]
        if wrong := errors(done.report.findings):
            raise AssertionError(f"{name} was not exported: {wrong}")
        prepared = registry.get(kind).prepare(done.plan.document, done.plan.options)
        return Made(done.path(kind), prepared.promised, done.plan.document.slug)

    def _export(self, name: str) -> Exported:
        if name in MANUSCRIPTS:
            return export(Job(ROOT / "manuscripts" / name, formats=KINDS, out=self.folder, project=ROOT))
        return exported(
            self.folder / name, SPECIAL[name], KINDS, "apa", {"refs.bib": BIB, "teal.png": picture()}
        )
