"""A test paper with everything that a style manual has rules for, and its exports by layout."""

from __future__ import annotations

from pathlib import Path

from tests import helpers

from paperbuild.pipeline import Job

TITLE = "Reading Slowly in a Hurried Seminar"
AUTHORS = ("Amina Duarte", "Tomas Lindqvist")
PLACES = ("Department of History, Lakeside College", "School of Education, Northern University")
COURSE, INSTRUCTOR, DUE = "HIST 210: Sources and Methods", "Dr. Helen Marsh", "2025-09-22"
RUNNING_HEAD = "Slow Reading in Seminars"

FRONT = f"""---
title: {TITLE}
author:
  - name: {AUTHORS[0]}
    affiliation: {PLACES[0]}
    orcid: 0000-0002-1825-0097
    email: amina@example.org
  - name: {AUTHORS[1]}
    affiliation: {PLACES[1]}
date: 2025-09-20
lang: en-US
bibliography: sources.json
abstract: |
  Seminars set more pages than anybody reads with care. This paper asks what happens when a class reads
  one document for a whole week, and reports what its members noticed, asked and remembered afterwards.
keywords: [slow reading, seminars, primary sources]
paperbuild:
  course: "{COURSE}"
  instructor: {INSTRUCTOR}
  due: {DUE}
  running-head: {RUNNING_HEAD}
---
"""

_ASKED = (
    "The class met on Mondays and Thursdays, and every member had the same four pages on the "
    "table. Nobody was asked "
    "to prepare a summary; everybody was asked to bring one sentence that they could not explain, together "
    "with a guess at the reason why the writer had put it there and not somewhere else."
)

BODY = f"""
Readers of old letters know the feeling of a page that opens only on the third visit.[^visit] Teachers know
it too
[@okri2001], though courses are seldom planned around it [@alder2015; @zeller1998]. {_ASKED}

{_ASKED} The paragraphs that follow describe the course, the measure and the result.[^measure]

[^visit]: See [@brandt2010, p. 14] on letters that were read aloud in the evening, answered in the morning,
and
    read again by people for whom they had never been meant.

[^measure]: The measure is the one of @zeller1998, shortened by a third.

# The Course

{_ASKED}

## The Members

{_ASKED}

### First Week

{_ASKED}

#### Silent reading

{_ASKED}

##### Reading with a pencil

{_ASKED}

> Whoever reads with a pencil in the hand reads a second text between the lines of the first one, and this
second
> text is the one that is brought to the table when the class begins to talk about what the first one says.
>
> Whoever reads without a pencil has to trust a memory that was made for faces and for roads, and that keeps
the
> story of a page much longer than it keeps the words in which the story was told [@okri2001, p. 33].

After a quotation the text goes on as before, and its first line is indented like every other one in it.

# The Result

What the members remembered is in @tbl-memory, and their questions are in @fig-questions.

| Week | Sentences | Questions |
|:-----|----------:|----------:|
| 1    |        12 |         4 |
| 2    |        19 |         9 |
| 3    |        31 |        22 |

: Sentences Remembered and Questions Asked {{#tbl-memory}}

*Note.* Numbers are means of both groups; the second group met only once a week, and is counted twice.

{_ASKED}

![Questions Asked by Week](questions.png){{#fig-questions width=50% alt="Three bars that grow"}}

*Note.* The bars are counts and not shares of what was asked in the three weeks that the course lasted.

{_ASKED} What was asked was read aloud afterwards (@fig-questions).[^late]

[^late]: The last number came in late, by a letter that was itself read slowly.
"""

SOURCES = """[
 {"id": "zeller1998", "type": "book", "title": "Counting what readers keep: Four measures and their limits",
  "author": [{"family": "Zeller", "given": "Ruth"}], "issued": {"date-parts": [[1998]]},
  "publisher": "Hillside Press", "publisher-place": "Boston"},
 {"id": "alder2015", "type": "article-journal", "title": "Courses without summaries in the first year",
  "author": [{"family": "Alder", "given": "Jon"}, {"family": "Quist", "given": "Mary"}],
  "issued": {"date-parts": [[2015]]}, "container-title": "Journal of Seminar Teaching", "volume": "12",
  "issue": "3", "page": "201-219"},
 {"id": "okri2001", "type": "book", "title": "The third visit: Essays on reading again",
  "author": [{"family": "Okri", "given": "Daniel"}], "issued": {"date-parts": [[2001]]},
  "publisher": "Meadow Books", "publisher-place": "London"},
 {"id": "brandt2010", "type": "book", "title": "Letters and the people who were never meant to read them",
  "author": [{"family": "Brandt", "given": "Eva"}], "issued": {"date-parts": [[2010]]},
  "publisher": "Harbour Press", "publisher-place": "New York"}
]
"""


def job(folder: Path, layout: str) -> Job:
    """The paper, laid into a folder, as PDF and Word document in a layout and the style that it proposes."""
    files: helpers.Files = {"sources.json": SOURCES, "questions.png": helpers.picture(300, 200)}
    path = helpers.manuscript(folder, FRONT + BODY, files)
    return Job(path, formats=("pdf", "docx"), layout=layout, out=folder / "dist", verify=False)
