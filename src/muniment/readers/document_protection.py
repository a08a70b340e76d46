"""What a document or presentation says against changing it: stated, and no encryption.

- Such a file is read in full: a program may keep people from changing it, and hides nothing.
- Word: `documentProtection` and `writeProtection` among the settings (ECMA-376 Part 1, §17.15.1.29
  and §17.15.1.93); PowerPoint: `modifyVerifier` in the presentation (§19.2.1.19).
- The verifier is stated as written: a hash of a password, which is no secret of the text.
"""

from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Element, Metadata, Part, Problem, Whole
from muniment.readers.ooxml_package import PACKAGE_TROUBLE, Package

_KINDS = frozenset(("documentProtection", "writeProtection", "modifyVerifier"))
_MOST = 10_000  # children of a root that are looked at


def protections(package: Package) -> Iterator[Part]:
    """Each protection as a property `protection` at its element."""
    mains = [link.target for link in package.links("").values() if link.kind == "officeDocument"]
    holders = [*mains]
    for main in mains:
        links = package.links(main).values()
        holders += [link.target for link in links if link.kind == "settings" and not link.external]
    for name in dict.fromkeys(holders):
        if package.has(name):
            yield from _stated(package, name)


def _stated(package: Package, name: str) -> Iterator[Part]:
    depth, number = 0, 0
    try:
        with package.open(name) as stream:
            for event, element in etree.iterparse(
                stream, events=("start", "end"), resolve_entities=False, no_network=True
            ):
                depth += 1 if event == "start" else -1
                if event == "start" and depth == 2:  # noqa: PLR2004 - a child of the root
                    number += 1
                    yield from _of(package.written(name), element, number)
                if event == "end" and depth == 1:
                    element.clear()
                if number > _MOST or (depth == 2 and _is_body(element)):  # noqa: PLR2004 - as above
                    return
    except (etree.XMLSyntaxError, *PACKAGE_TROUBLE) as why:
        if name.endswith("settings.xml"):  # elsewhere the reader of the text says so
            message = f"{name} breaks off ({type(why).__name__})"
            yield Problem(Whole(), "properties-damaged", message)


def _of(member: str, element: "etree._Element", number: int) -> Iterator[Part]:
    kind = etree.QName(element).localname
    if kind in _KINDS:
        said = sorted((etree.QName(key).localname, value) for key, value in element.attrib.items())
        written = "; ".join([kind, *(f"{key}={value}" for key, value in said)])
        yield Metadata(Element(member, (1, number)), "protection", written)


def _is_body(element: "etree._Element") -> bool:
    """Whether this is the text of a document: what protects it stands among the settings."""
    return bool(etree.QName(element).localname == "body")
