"""What Zotero would find in a file: the fields of its citations and reference list, and its settings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from paperbuild import lens
from paperbuild.formats.docx.reader.opened import part
from paperbuild.model import OBJECT, Live

_CITATION = re.compile(r"\s*ADDIN ZOTERO_ITEM CSL_CITATION\s+(.*)", re.DOTALL)
_LIST = re.compile(r"\s*ADDIN ZOTERO_BIBL\s+(.*?)\s*CSL_BIBLIOGRAPHY\s*", re.DOTALL)
_SETTING = "ZOTERO_PREF_"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


class Unusable(Exception):
    """A field or the settings are not what Zotero can use; the message says why."""


def live(code: str, shown: str, *, whole: bool) -> Live | None:
    """What a field with this code is to Zotero, None for a field that is not Zotero's.

    ``shown`` is its text; ``whole`` says that it begins and ends in one paragraph. Raises Unusable.
    """
    if found := _CITATION.match(code):
        if not whole:
            raise Unusable("it reaches over several paragraphs")
        return Live("citation", _keys(_object(found[1]), shown))
    if found := _LIST.match(code):
        data = _object(found[1])
        if any(not isinstance(data.get(name), list) for name in ("uncited", "omitted", "custom")):
            raise Unusable("it does not say what is listed besides the citations")
        return Live("references")
    return None


def settings(files: Mapping[str, bytes]) -> Live | None:
    """Zotero's settings among the custom properties of a package, None where there are none.

    Raises Unusable for settings without a session, a style or a kind of field.
    """
    name = next((name for name in files if name.lower() == "docprops/custom.xml"), None)
    pieces = {} if name is None else dict(_properties(part(files, name).root))
    text = "".join(pieces[number] for number in sorted(pieces))
    if not text:
        return None
    try:
        root = etree.fromstring(text.encode(), _PARSER)
    except etree.XMLSyntaxError as error:
        raise Unusable(f"they are no XML: {error}") from error
    style = "".join(root.xpath("string(style/@id)"))
    if not style or not root.xpath("session/@id") or not root.xpath("prefs/pref[@name='fieldType']"):
        raise Unusable("they lack the session, the style or the kind of fields")
    return Live("settings", (style,))


def _properties(root: etree._Element) -> Iterator[tuple[int, str]]:
    for one in root:
        number = one.get("name", "").removeprefix(_SETTING)
        if number != one.get("name") and number.isdigit():
            yield int(number), "".join(str(text) for text in one.itertext())


def _object(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except ValueError as error:
        raise Unusable(f"its code is no JSON: {error}") from error
    if not isinstance(data, dict):
        raise Unusable("its code is no JSON object")
    return data


def _keys(data: Mapping[str, Any], shown: str) -> tuple[str, ...]:
    """The keys of the works that a citation cites (CSL's citation schema, and what Zotero asks beyond it)."""
    items, properties = data.get("citationItems"), data.get("properties")
    if not data.get("citationID") or not isinstance(properties, dict):
        raise Unusable("it has no id, or no properties")
    if not isinstance(items, list) or not items:
        raise Unusable("it cites nothing")
    said = str(properties.get("plainCitation", ""))
    if OBJECT not in shown and lens.normal(said) != lens.normal(shown):
        raise Unusable(f"it holds the text «{said}»")
    return tuple(map(_key, items))


def _key(item: Any) -> str:
    """The key that a work was cited by. Zotero gives items ids of its own, and leaves their data alone."""
    work = item.get("itemData") if isinstance(item, dict) else None
    if not isinstance(work, dict) or not work.get("type") or "id" not in item:
        raise Unusable("it lacks the data of a work")
    if not isinstance(item.get("uris"), list) or not item["uris"]:
        raise Unusable("it lacks the address of a work")
    return str(work.get("citation-key") or work.get("id") or item["id"])
