"""Counts: where a text says how many words something has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

_COUNT = re.compile(
    r"""(?:word|wort|mots|palabras|palavras|parole|count|length|total|remain|left|rest)[\w-]*["']?"""
    r"""(?:\s+content)?\s*[=:]\s*["']?(\d[\d.,'\u2009\u202f\u00a0]{0,11})"""
    r"""|(?<![\d.,])(\d[\d.,'\u2009\u202f\u00a0 ]{0,11}+)\s{0,9}(?:[^\W\d_]{2,12}\s{1,9})?"""
    r"""(?:(?:words|w\u00f6rter|worte|mots|palabras|palavras|parole|woorden|слова?|كلمة|शब्द)\b|[字词詞語]|단어)""",
    re.IGNORECASE,
)


def counted(text: str, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Which of these numbers a text tells as a count, and how that reads."""
    written = {number for number in numbers if any(form in text for form in _forms(number))}
    for match in _COUNT.finditer(text) if written else ():
        number = int(re.sub(r"\D", "", match[1] or match[2]) or 0)
        if number in written:
            yield number, match[0]


@cache
def _forms(number: int) -> tuple[str, ...]:
    """A number as it is written, with a sign between thousands or none."""
    grouped = f"{number:,}"
    return tuple({str(number), *(grouped.replace(",", sign) for sign in ",.' \u2009\u202f\u00a0")})
