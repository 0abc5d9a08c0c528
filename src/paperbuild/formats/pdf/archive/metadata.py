"""What the file says of itself: XMP, and what the catalog tells a viewer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pikepdf
from lxml import etree

from paperbuild.formats.pdf.archive.claims import Claims

_NS = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
_META = "adobe:ns:meta/"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
"""A language tag (ISO 32000-1, 14.9.2.2)."""
_BEGIN = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_END = b'\n<?xpacket end="w"?>'


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the paper."""

    title: str
    authors: Sequence[str] = ()
    keywords: Sequence[str] = ()
    lang: str = "en-US"
    places: Mapping[str, str] = field(default_factory=dict)
    """What stands at each name that a link may lead to, in a few words."""
    made: datetime | None = None
    """When; a file that shall be the same tomorrow has none."""
    rtl: bool = False
    """True where it is read from right to left."""
    undrawn: Mapping[str, int] = field(default_factory=dict)
    """The characters for which an empty box stands there, and how often."""


def write(pdf: pikepdf.Pdf, about: About, claims: Claims) -> None:
    """Writes the metadata and the catalog's entries (ISO 14289-1, 7.1 and 7.2; ISO 19005-3, 6.6)."""
    packet = pdf.make_stream(_packet(about, claims, str(pdf.docinfo.get("/Producer", ""))))
    packet.Type, packet.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    root = pdf.Root
    root.Metadata = pdf.make_indirect(packet)
    root.Lang = pikepdf.String(about.lang if _TAG.fullmatch(about.lang) else "und")
    root.MarkInfo = pikepdf.Dictionary(Marked=True)
    root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    if about.rtl:  # pages side by side begin on the right (ISO 32000-1, table 150)
        root.ViewerPreferences.Direction = pikepdf.Name.R2L
    if about.made:
        stamp = about.made.strftime("D:%Y%m%d%H%M%S") + _offset(about.made)
        pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = pikepdf.String(stamp)


def _offset(made: datetime) -> str:
    """The zone of a date (ISO 32000-1, 7.9.4)."""
    zone = made.strftime("%z")
    return f"{zone[:3]}'{zone[3:5]}'" if zone else "Z"


def _packet(about: About, claims: Claims, producer: str) -> bytes:
    """The XMP packet (ISO 16684-1)."""
    meta = etree.Element(etree.QName(_META, "xmpmeta"), nsmap={"x": _META})
    rdf = etree.SubElement(meta, _name("rdf:RDF"), nsmap=_NS)
    said = etree.SubElement(rdf, _name("rdf:Description"), {_name("rdf:about"): ""})
    dated = about.made.isoformat(timespec="seconds") if about.made else ""
    for name, value in [
        ("pdfaid:part", "3" if claims.level else ""),
        ("pdfaid:conformance", claims.level),
        ("pdfuaid:part", "1" if claims.universal else ""),
        ("pdf:Producer", producer),
        ("pdf:Keywords", ", ".join(about.keywords)),
        ("xmp:CreatorTool", "paperbuild"),
        ("xmp:CreateDate", dated),
        ("xmp:ModifyDate", dated),
        ("xmp:MetadataDate", dated),
    ]:
        if value:
            etree.SubElement(said, _name(name)).text = value
    _list(said, "dc:title", "Alt", [about.title])
    _list(said, "dc:creator", "Seq", about.authors)
    _list(said, "dc:subject", "Bag", about.keywords)
    _list(said, "dc:language", "Bag", [about.lang])
    _list(said, "dc:format", "", ["application/pdf"])
    if claims.universal:
        _extension(said)
    return _BEGIN + etree.tostring(meta, encoding="utf-8", pretty_print=True) + _END


def _name(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NS[prefix]}}}{local}"


def _list(parent: etree._Element, name: str, kind: str, values: Sequence[str]) -> None:
    """A property with an array of values; a plain one without a kind, none without values."""
    if not values:
        return
    made = etree.SubElement(parent, _name(name))
    if not kind:
        made.text = values[0]
        return
    array = etree.SubElement(made, _name(f"rdf:{kind}"))
    for value in values:
        one = etree.SubElement(array, _name("rdf:li"), {_LANGUAGE: "x-default"} if kind == "Alt" else {})
        one.text = value


def _extension(parent: etree._Element) -> None:
    """Describes the property of PDF/UA, which PDF/A does not know (ISO 19005-3, 6.6.2.3.2)."""
    resource = {_name("rdf:parseType"): "Resource"}
    bag = etree.SubElement(etree.SubElement(parent, _name("pdfaExtension:schemas")), _name("rdf:Bag"))
    schema = etree.SubElement(bag, _name("rdf:li"), resource)
    for name, value in [
        ("pdfaSchema:schema", "PDF/UA identification"),
        ("pdfaSchema:namespaceURI", _NS["pdfuaid"]),
        ("pdfaSchema:prefix", "pdfuaid"),
    ]:
        etree.SubElement(schema, _name(name)).text = value
    array = etree.SubElement(etree.SubElement(schema, _name("pdfaSchema:property")), _name("rdf:Seq"))
    described = etree.SubElement(array, _name("rdf:li"), resource)
    for name, value in [
        ("pdfaProperty:name", "part"),
        ("pdfaProperty:valueType", "Integer"),
        ("pdfaProperty:category", "internal"),
        ("pdfaProperty:description", "the part of ISO 14289 that the file conforms to"),
    ]:
        etree.SubElement(described, _name(name)).text = value
