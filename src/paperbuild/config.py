"""What a manuscript asks for, checked: front matter's ``paperbuild:`` key and the command line's flags.

An unknown key or a wrong value is an error that names the key, the line and the nearest key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from paperbuild.model import Document, PaperbuildError
from paperbuild.pandoc.metadata import value

FORMATS = ("pdf", "docx", "preview", "page")
USUAL_FORMATS = ("pdf", "docx", "preview")
"""What is made where nobody names a format: the members' page is for sites."""

_SHARE = re.compile(r"^\s*(\d+(?:[.,]\d+)?)\s*%\s*$")
_COUNT = re.compile(r"^\s*(\d+)\s+(word|paragraph|section)s?\s*$", re.IGNORECASE)
_AMOUNTS = "write a share such as 65%, or a count such as 500 words, 3 paragraphs or 2 sections"
_SAFE_URL = re.compile(r"^(?:https?://|mailto:|/|\./|#)[^\s<>\"']*$")


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of a paper is shown."""

    number: float
    """A share of the words from 0 to 1, or a count."""
    unit: Literal["share", "words", "paragraphs", "sections"] = "share"


def _amount(given: Any) -> Amount:
    """``65%``, ``0.65`` or ``65``; ``500 words``, ``3 paragraphs``, ``1 section``."""
    if isinstance(given, Amount):
        return given
    if isinstance(given, bool):  # ``show: yes`` is no share, and must not show all
        raise ValueError(_AMOUNTS)
    if match := _COUNT.match(given) if isinstance(given, str) else None:
        unit: Any = f"{match[2].lower()}s"
        return Amount(int(match[1]), unit)
    return Amount(_share(given))


def _share(given: Any) -> float:
    match = _SHARE.match(given) if isinstance(given, str) else None
    wrong = ValueError(_AMOUNTS)
    try:
        number = float(match.group(1).replace(",", ".") if match else given)
    except (TypeError, ValueError):
        raise wrong from None
    if match or number > 1:
        number /= 100
    if not 0 <= number <= 1:
        raise wrong
    return number


def _url(given: str) -> str:
    if not _SAFE_URL.match(given):
        raise ValueError("write an address that begins with https://, / or ./")
    return given


def _page_url(given: str) -> str:
    if given.startswith(("mailto:", "#")):
        raise ValueError("write an address that begins with https://, / or ./")
    return given


def _terms(given: Any) -> Any:
    """Terms as a map, as a list of maps, or as a list of ``term: meaning`` texts."""
    if isinstance(given, Mapping):
        return [(str(key), str(text)) for key, text in given.items()]
    result: list[Any] = []
    for item in given if isinstance(given, list) else [given]:
        if isinstance(item, Mapping):
            if "term" in item:
                result.append((str(item["term"]), str(item.get("meaning") or item.get("definition") or "")))
            else:
                result.extend((str(key), str(text)) for key, text in item.items())
        elif isinstance(item, str):
            term, _, meaning = item.partition(":")
            result.append((term.strip(), meaning.strip()))
        else:
            result.append(item)
    return result


def _list(given: Any) -> Any:
    return [given] if isinstance(given, str) else given


Shown = Annotated[Amount, BeforeValidator(_amount)]
Url = Annotated[str, AfterValidator(_url)]
PageUrl = Annotated[Url, AfterValidator(_page_url)]
"""The address of a page or picture: no mail address, no place within the page."""


class _Strict(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=lambda name: name.replace("_", "-"),
        populate_by_name=True,
    )


class Study(_Strict):
    """Notes for a class or a reader: what the paper examines, how it works, what to ask of it."""

    summary: str = ""
    technique: str = ""
    structure: str = ""
    questions: Annotated[tuple[str, ...], BeforeValidator(_list)] = ()
    terms: Annotated[tuple[tuple[str, str], ...], BeforeValidator(_terms)] = ()


class Call(_Strict):
    """The words that ask a reader to sign up; an empty one stands in the manuscript's language."""

    line: str = ""
    """``{percent}`` and ``{sections}`` stand for the numbers."""
    sign_up: str = ""
    member: str = ""
    """The question before the link that logs in."""
    log_in: str = ""
    advice: str = ""
    """What is said below the citations of the paper."""


class Preview(_Strict):
    """How much of the paper the web preview shows, and where it leads."""

    show: Shown = Amount(0.65)
    cut: Literal["section", "paragraph", "sentence"] = "paragraph"
    references: Literal["visible", "all", "count"] = "visible"
    outline: Literal["none", "titles"] = "none"
    """Whether the titles of withheld sections are listed."""
    sign_up: Url = "#sign-up"
    log_in: Url = "#log-in"
    call: Call = Field(default_factory=Call)
    canonical: PageUrl | None = None
    publisher: str = ""
    """The site's or publisher's name."""
    image: PageUrl | None = None
    """A picture for links to the page (OpenGraph)."""
    cite_as: Annotated[tuple[str, ...], BeforeValidator(_list)] = (
        "apa", "modern-language-association", "chicago-author-date",
    )  # fmt: skip
    theme: str = ""
    """A folder ``themes/NAME`` with a theme.css or a page.html.j2; empty for the installed one."""


class Docx(_Strict):
    """What the Word document has besides the text."""

    citations: Literal["text", "zotero"] = "text"
    """``zotero`` makes each citation and the reference list fields that Zotero sets anew in Word."""


class Options(_Strict):
    """Everything under ``paperbuild:`` in the front matter."""

    layout: str = "article"
    style: str = ""
    course: str = ""
    instructor: str = ""
    institution: str = ""
    due: str = ""
    running_head: str = ""
    """The short title of a running head, where the layout has one; else the title is shortened."""
    study: Study = Field(default_factory=Study)
    docx: Docx = Field(default_factory=Docx)
    preview: Preview = Field(default_factory=Preview)


def options(document: Document) -> Options:
    """The manuscript's options. Raises PaperbuildError naming the first key that is wrong."""
    given = value(document.meta.get("paperbuild")) or {}
    if not isinstance(given, dict):
        raise PaperbuildError(
            "the key paperbuild in the front matter must hold other keys",
            hint="write for example:\npaperbuild:\n  layout: article",
        )
    try:
        return Options.model_validate(given)
    except ValidationError as error:
        raise _explained(error, document) from error


def _explained(error: ValidationError, document: Document) -> PaperbuildError:
    first = error.errors()[0]
    keys = [str(part) for part in first["loc"] if not isinstance(part, int)]
    name = ".".join(["paperbuild", *keys])
    if first["type"] == "extra_forbidden":
        known = _known_keys(keys[:-1])
        near = get_close_matches(keys[-1], known, 1)
        hint = f"did you mean {near[0]}?" if near else f"the keys there are: {', '.join(known)}"
        return PaperbuildError(f"there is no key {name}", where=line_of(document, keys[-1]), hint=hint)
    said = first["msg"].removeprefix("Value error, ")
    if first["type"] in {"model_type", "dict_type"}:
        said = f"it must hold other keys: {', '.join(_known_keys(keys))}"
    return PaperbuildError(
        f"{name} has a value that can't be used ({first['input']!r:.60}): {said}",
        where=line_of(document, keys[-1]) if keys else "",
        hint="docs/guide.md lists every key with its values",
    )


def _known_keys(path: list[str]) -> list[str]:
    model: type[BaseModel] = Options
    for key in path:
        field = model.model_fields.get(key.replace("-", "_"))
        if field is None or not isinstance(field.annotation, type):
            return []
        model = field.annotation
    return [name.replace("_", "-") for name in model.model_fields]


def line_of(document: Document, key: str) -> str:
    """Where a key of the front matter stands, as ``file:line``; empty where it is not found."""
    pattern = re.compile(rf"^\s*{re.escape(key)}\s*[:=]", re.MULTILINE)
    for source in document.sources:
        if match := pattern.search(source.text):
            return f"{source.name}:{source.text[: match.end()].count(chr(10)) + 1}"
    return ""
