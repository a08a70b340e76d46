"""What a PDF states of itself: properties, XMP, permissions, layers, page labels.

- Each property of the information dictionary and of the XMP packet is a Metadata of its own.

Source: ISO 32000-1 §14.3 (metadata), §8.11 (optional content); ISO 16684-1 (XMP).
"""

from collections import Counter
from collections.abc import Iterator

import pikepdf
from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Field, Metadata, Part, Problem
from muniment.readers.pdf_objects import LONGEST_VALUE, entry, identity, items, stream_of, text_in
from muniment.readers.pdf_open import permissions_of

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LARGEST_PACKET = 1 << 24
_MOST_PROPERTIES = 2_000
_MOST_LAYERS = 1_000


def properties_of(pdf: pikepdf.Pdf) -> Iterator[Part]:
    """Version, permissions, information dictionary, XMP packet, portfolio."""
    yield Metadata(Field("PDF version"), "PDF version", pdf.pdf_version)
    for name, value in permissions_of(pdf):
        yield Metadata(Field(name), name, value)
    information = pdf.trailer.get("/Info")
    if isinstance(information, pikepdf.Dictionary):
        for key in sorted(information.keys()):
            value = text_in(information.get(key))
            if value != "":
                name = key.removeprefix("/")
                yield Metadata(Field(name), name, value)
    if isinstance(entry(pdf.Root, "/Collection"), pikepdf.Dictionary):
        yield Metadata(Field("portfolio"), "portfolio", "the files are the document")
    yield from _packet(pdf)


def _packet(pdf: pikepdf.Pdf) -> Iterator[Part]:
    packet = entry(pdf.Root, "/Metadata")
    if not isinstance(packet, pikepdf.Stream):
        return
    data = stream_of(packet)[:_LARGEST_PACKET]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        yield Problem(Field("XMP"), "structure-damaged", "the XMP packet is no XML")
        return
    counts: Counter[str] = Counter()
    for name, value in _xmp_values(root):
        counts[name] += 1
        if counts.total() > _MOST_PROPERTIES:
            message = f"more than {_MOST_PROPERTIES} properties; the others are left out"
            yield Problem(Field("XMP"), "properties-left-out", message)
            return
        yield Metadata(Field(f"XMP {name}", counts[name]), name, value[:LONGEST_VALUE])


def _xmp_values(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Names with their prefixes, and values: attributes, and texts of the innermost elements."""
    for description in root.iter(f"{_RDF}Description"):
        for key, value in description.attrib.items():
            if not str(key).startswith(_RDF):
                yield _prefixed(description, str(key)), str(value)
    for element in root.iter():
        text = (element.text or "").strip()
        if not isinstance(element.tag, str) or len(element) > 0 or text == "":
            continue
        names = [
            _prefixed(one, str(one.tag))
            for one in [*reversed(list(element.iterancestors())), element]
            if isinstance(one.tag, str)
            and not one.tag.startswith(_RDF)
            and not one.tag.endswith("}xmpmeta")
        ]
        yield "/".join(names) or "rdf", text


def _prefixed(element: etree._Element, name: str) -> str:
    space, _, local = name.removeprefix("{").rpartition("}")
    for prefix, uri in element.nsmap.items():
        if uri == space and prefix is not None:
            return f"{prefix}:{local}"
    return local


def layers_of(pdf: pikepdf.Pdf) -> list[tuple[str, bool]]:
    """Name of each layer (optional content group), and whether it is off by default."""
    properties = entry(pdf.Root, "/OCProperties")
    default = entry(properties, "/D")
    off = {identity(one) for one in items(entry(default, "/OFF"))}
    on = {identity(one) for one in items(entry(default, "/ON"))}
    base_off = text_in(entry(default, "/BaseState")) == "OFF"
    return [
        (
            text_in(entry(one, "/Name")),
            identity(one) in off or (base_off and identity(one) not in on),
        )
        for one in items(entry(properties, "/OCGs"))[:_MOST_LAYERS]
    ]
