"""Files that stand in an XML document in base64, as children at their elements.

- A file's name is the one its element or the element around it states; else its place.
- What is no base64 is a Problem in the child's place, not a shorter child.
"""

import base64
import binascii
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO

from muniment.core import Element
from muniment.readers.embedded_files import Found
from muniment.readers.members import DamagedError
from muniment.readers.xml_events import Step, xml_events


def base64_files(
    stream: IO[bytes], prefix_of: Callable[[str], str], elements: tuple[str, ...]
) -> Iterator[Found]:
    """The files in elements of these names.

    Raises:
        etree.XMLSyntaxError: it is not well-formed from here on.
    """
    at: Element | None = None
    pieces: list[str] = []
    name = around = ""
    for event in xml_events(stream, prefix_of):
        if event.step is Step.START:
            around, name = name, event.attributes.get("name", event.attributes.get("w:name", ""))
            if event.value in elements:
                at, pieces = Element("", event.path), []
                name = name or around
        elif event.step is Step.TEXT and at is not None:
            pieces.append(event.value)
        elif event.step is Step.END and at is not None:
            number = "/".join(map(str, at.path))
            yield Found(
                at,
                name or f"binary data {number}",
                partial(_decoded, "".join(pieces)),
                named_here=name == "",
            )
            at = None


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except binascii.Error as why:
        raise DamagedError("member-damaged", "its base64 is damaged") from why
