"""Text and attributes of OpenDocument elements.

- Names are taken without their namespace: OpenDocument and its forerunner (sxc) share them.
"""

from lxml import etree  # type: ignore[import-untyped]

from muniment.readers.xml_names import local_name

_MOST_SPACES = 1_000
_NOT_SHOWN = ("annotation", "ruby-text", "tracked-changes")


def attribute(element: etree._Element, name: str) -> str:
    """An attribute by its name without the namespace; empty where it is not there."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def count_of(written: str, most: int) -> int:
    """A count of at least one, as repetitions are written; never more than `most`."""
    return max(1, min(int(written), most)) if written.isdecimal() and len(written) < 10 else 1  # noqa: PLR2004 - u32


def text_of(paragraph: etree._Element) -> str:
    """The text of a paragraph, with its spaces, tabs and breaks; no comments, no ruby."""
    pieces = [paragraph.text or ""]
    for child in paragraph:
        name = local_name(child)
        if name == "s":
            pieces.append(" " * count_of(attribute(child, "c"), _MOST_SPACES))
        elif name == "tab":
            pieces.append("\t")
        elif name == "line-break":
            pieces.append("\n")
        elif name not in _NOT_SHOWN and name != "":
            pieces.append(text_of(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
