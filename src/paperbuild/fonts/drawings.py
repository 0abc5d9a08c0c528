"""The text that stands in a drawing."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

_TEXT = "{http://www.w3.org/2000/svg}text"
_UNSHOWN = frozenset({"title", "desc", "metadata", "style", "script"})


def words(svg: bytes) -> str:
    """What the text elements of an SVG picture hold (SVG 2, 11.2), without titles and descriptions; nothing
    where it can't be read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(svg, parser)
    except etree.XMLSyntaxError:
        return ""
    return "\n".join("".join(_shown(element)) for element in root.iter(_TEXT))


def _shown(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for kid in element:
        if isinstance(kid.tag, str) and etree.QName(kid).localname not in _UNSHOWN:
            yield from _shown(kid)
        yield kid.tail or ""
