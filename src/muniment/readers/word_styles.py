"""Which styles of a Word document hide what is written in them.

- A style says it itself, or has it from the one that it is based on; the nearest one counts.
- Where a paragraph's style and a run's both hide, the text is shown: two toggles cancel.

Source: ECMA-376 Part 1, §17.3.2.41 (vanish), §17.7.3 (toggle properties), §17.7.4 (styles).
"""

from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from muniment.readers.ooxml_package import PACKAGE_TROUBLE, Package, elements
from muniment.readers.xml_names import local_name

_STYLES = "styles"
_OFF = ("0", "false", "off")


def hiding_styles(package: Package, main: str) -> frozenset[str]:
    """The ids of the styles that hide, as the part of styles of the main part says."""
    for link in package.links(main).values():
        if link.kind == _STYLES and not link.external and package.has(link.target):
            try:
                return _hiding(elements(package.open(link.target)))
            except PACKAGE_TROUBLE:
                return frozenset()  # how text looks is no loss of text
    return frozenset()


def _hiding(found: Iterator[etree._Element]) -> frozenset[str]:
    said: dict[str, bool | None] = {}
    based_on: dict[str, str] = {}
    for element in found:
        if local_name(element) != "style":
            continue
        identity = _value(element, "styleId")
        said[identity] = _vanish(element)
        for base in element.iterchildren("{*}basedOn"):
            based_on[identity] = _value(base, "val")
        element.clear()
    return frozenset(identity for identity in said if _hides(identity, said, based_on))


def _hides(identity: str, said: dict[str, bool | None], based_on: dict[str, str]) -> bool:
    seen: set[str] = set()
    while identity in said and identity not in seen:
        seen.add(identity)
        own = said[identity]
        if own is not None:
            return own
        identity = based_on.get(identity, "")
    return False


def _vanish(style: etree._Element) -> bool | None:
    for properties in style.iterchildren("{*}rPr"):
        for vanish in properties.iterchildren("{*}vanish"):
            return _value(vanish, "val") not in _OFF
    return None


def _value(element: etree._Element, wanted: str) -> str:
    for name, value in element.attrib.items():
        if str(name).rpartition("}")[2] == wanted:
            return str(value)
    return ""
