"""Text and attributes of OpenDocument elements.

- Names are taken without their namespace: OpenDocument and its forerunner (sxc) share them.
"""

from lxml import etree  # type: ignore[import-untyped]

from muniment.readers.xml_names import local_name

_MOST_SPACES = 1_000
_NOT_SHOWN = ("annotation", "ruby-text", "tracked-changes")


def local(element: etree._Element) -> str:
    """An element's name without its namespace; empty for a comment."""
    return local_name(element)


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
        name = local(child)
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


def path_of(element: etree._Element) -> tuple[int, ...]:
    """The child sequence of an element, the root first."""
    steps: list[int] = []
    current = element
    while (parent := current.getparent()) is not None:
        before = (1 for other in current.itersiblings(preceding=True) if isinstance(other.tag, str))
        steps.append(1 + sum(before))
        current = parent
    return (1, *reversed(steps))
