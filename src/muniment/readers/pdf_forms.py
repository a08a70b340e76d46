"""The fields of a PDF's form: names, values, choices, buttons' states; signatures; XFA packets.

- Every field is stated with its full name and value, also one that has no value and one that is
  drawn nowhere; what was filled in comes out as text in the field's rectangle.
- A signature is told as the file states it; nothing is verified here but whether the signed
  bytes are the whole file.

Source: ISO 32000-1 §12.7 (interactive forms), §12.8 (signatures); XFA 3.3.
"""

from collections.abc import Iterator

import msgspec
import pikepdf
from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Area, Field, Metadata, Part, Place, Problem, Role, TextSpan
from muniment.readers.pdf_objects import (
    MOST,
    entry,
    identity,
    items,
    long_text_in,
    stream_of,
    text_in,
)
from muniment.readers.pdf_scripts import scripts_of
from muniment.readers.pdf_signatures import signature_of

_DEEPEST = 64
_LARGEST_PACKET = 1 << 25
_TEXTUAL = ("datasets", "template", "form")


class _Node(msgspec.Struct, frozen=True):
    """A field with what it has from those above it."""

    field: pikepdf.Object
    name: str
    kind: str
    value: object
    choices: object


def form_of(
    pdf: pikepdf.Pdf, widgets: list[tuple[Area, pikepdf.Object]], size: int
) -> Iterator[Part]:
    """The fields of the form and of widgets that no form knows; `size` is that of the file."""
    form = entry(pdf.Root, "/AcroForm")
    places = {identity(widget): at for at, widget in widgets}
    seen: set[tuple[int, int]] = set()
    for number, node in enumerate(_fields(form, widgets, seen), start=1):
        if number > MOST:
            message = f"more than {MOST} fields; the others are left out"
            yield Problem(Field("field", number), "fields-left-out", message)
            break
        at = _place(node, places)
        yield from _field_parts(node, at, size)
    yield from _packets(entry(form, "/XFA"))


def _fields(
    form: object, widgets: list[tuple[Area, pikepdf.Object]], seen: set[tuple[int, int]]
) -> Iterator[_Node]:
    roots = [*items(entry(form, "/Fields")), *(widget for _, widget in widgets)]
    nothing = _Node(pikepdf.Dictionary(), "", "", None, None)
    waiting = [(root, nothing, 0) for root in reversed(roots)]
    while len(waiting) > 0:
        field, above, depth = waiting.pop()
        mark = identity(field)
        if not isinstance(field, pikepdf.Dictionary) or depth > _DEEPEST or mark in seen:
            continue
        if mark is not None:
            seen.add(mark)
        node = _below(above, field)
        kids = items(field.get("/Kids"))
        named = [kid for kid in kids if entry(kid, "/T") is not None]
        if len(named) > 0:
            waiting.extend((kid, node, depth + 1) for kid in reversed(named))
        elif node.name != "" or node.kind != "":
            seen.update(mark for kid in kids if (mark := identity(kid)) is not None)
            yield node


def _below(above: _Node, field: pikepdf.Dictionary) -> _Node:
    partial = text_in(field.get("/T"))
    if partial == "" and above.name == "" and field.get("/Parent") is not None:
        partial = text_in(entry(field.get("/Parent"), "/T"))
    name = ".".join(one for one in (above.name, partial) if one != "")
    value = field.get("/V")
    choices = field.get("/Opt")
    return _Node(
        field,
        name,
        text_in(field.get("/FT")) or above.kind,
        above.value if value is None else value,
        above.choices if choices is None else choices,
    )


def _place(node: _Node, places: dict[tuple[int, int] | None, Area]) -> Place:
    """The first widget's rectangle; else the field's name."""
    for widget in (node.field, *items(node.field.get("/Kids"))):
        at = places.get(identity(widget)) if identity(widget) is not None else None
        if at is not None:
            return at
    return Field(node.name or "field")


def _field_parts(node: _Node, at: Place, size: int) -> Iterator[Part]:
    yield from scripts_of(node.field, at)
    if node.kind == "Sig" and isinstance(node.value, pikepdf.Dictionary):
        yield from signature_of(node.value, node.name, at, size)
        return
    values = _values(node.value)
    yield Metadata(at, f"field {node.name}", "; ".join(values))
    hint = text_in(node.field.get("/TU"))
    if hint != "":
        yield Metadata(at, f"field {node.name} described as", hint)
    choices = [_choice(one) for one in items(node.choices)]
    if len(choices) > 0:
        yield Metadata(at, f"field {node.name} offers", "; ".join(choices))
    if node.kind in ("Tx", "Ch", ""):
        for value in values:
            if value.strip() != "":
                yield TextSpan(at, value, Role.BOX)


def _values(value: object) -> list[str]:
    if isinstance(value, pikepdf.Array):
        return [text_in(one) for one in items(value)]
    written = long_text_in(value)
    return [written] if written != "" else []


def _choice(found: object) -> str:
    """What a choice is called; of a pair, what is shown."""
    pair = items(found)
    return text_in(pair[1]) if len(pair) > 1 else text_in(found)


def _packets(xfa: object) -> Iterator[Part]:
    """The text of the packets of an XFA form."""
    if isinstance(xfa, pikepdf.Stream):
        yield from _packet("XFA", xfa)
    members = items(xfa)
    for name, packet in zip(members[::2], members[1::2], strict=False):
        if text_in(name) in _TEXTUAL and isinstance(packet, pikepdf.Stream):
            yield from _packet(f"XFA {text_in(name)}", packet)


def _packet(name: str, packet: pikepdf.Stream) -> Iterator[Part]:
    data = stream_of(packet)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(data[:_LARGEST_PACKET], parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        yield Problem(Field(name), "structure-damaged", "a packet of the form is no XML")
        return
    number = 0
    for element in root.iter():
        if not isinstance(element.tag, str) or _is_code(element):
            continue
        for text in (element.text, element.tail):
            if text is not None and text.strip() != "":
                number += 1
                yield TextSpan(Field(name, number), " ".join(text.split()), Role.BOX)
        number += 1 if number == 0 else 0


def _is_code(element: etree._Element) -> bool:
    """Whether an element holds what a program reads: scripts, pictures, settings."""
    local = str(element.tag).rpartition("}")[2]
    return local in ("script", "image", "calculate", "stipple", "pattern", "config", "picture")
