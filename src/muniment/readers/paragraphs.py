"""A paragraph of an XML document while it is being read: stretches of role, hidden, text.

- Its place is the child sequence of its element; `chars` counts code points of its own text.
- A paragraph with stretches of several kinds, or longer than a block, gives a span for each.
"""

from collections.abc import Iterator

from muniment.core import Element, Role, TextSpan
from muniment.readers.text_blocks import LONGEST_BLOCK


class Paragraph:
    """A paragraph whose end has not been reached."""

    def __init__(self, path: tuple[int, ...]) -> None:
        self.path = path
        self.stretches: list[tuple[Role, bool, list[str]]] = []

    def add(self, role: Role, text: str, *, hidden: bool) -> None:
        """Append a text; one set like the last goes on with it."""
        if len(self.stretches) > 0 and self.stretches[-1][:2] == (role, hidden):
            self.stretches[-1][2].append(text)
        else:
            self.stretches.append((role, hidden, [text]))

    def spans(self, member: str) -> Iterator[TextSpan]:
        """The spans of the paragraph in this part."""
        position = 0
        alone = len(self.stretches) == 1
        for role, hidden, texts in self.stretches:
            text = "".join(texts)
            for offset in range(0, len(text), LONGEST_BLOCK):
                piece = text[offset : offset + LONGEST_BLOCK]
                start = position + offset
                whole = alone and len(piece) == len(text)
                chars = None if whole else (start, start + len(piece))
                if not piece.isspace():
                    yield TextSpan(Element(member, self.path, chars), piece, role, hidden)
            position += len(text)
