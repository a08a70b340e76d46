"""What an RTF group is: where its text goes, and how it is set.

- A group takes over what the group around it had; what it changes ends with it.
- A group that opens a destination has a collector of its own, and closes it.
"""

from muniment.core import Role
from muniment.readers.code_pages import WESTERN, decode_page

_LONGEST_CAPTURE = 1 << 16


class Collector:
    """Takes what stands in a destination: text, or data in hex. This one takes nothing."""

    def text(self, group: "Group", raw: bytes, start: int, end: int) -> None:
        """Bytes in the group's code page."""

    def letter(self, group: "Group", letter: str, start: int, end: int) -> None:
        """A character that is named by a control word."""

    def data(self, raw: bytes) -> None:
        """Bytes that stand in the file as they are."""


class Capture(Collector):
    """Keeps the text of a small destination as one string."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._raw = bytearray()
        self._page = WESTERN
        self._length = 0

    def text(self, group: "Group", raw: bytes, start: int, end: int) -> None:  # noqa: ARG002 - a collector's signature
        if group.page != self._page:
            self._decode()
            self._page = group.page
        if self._length < _LONGEST_CAPTURE:
            self._raw += raw
            self._length += len(raw)

    def letter(self, group: "Group", letter: str, start: int, end: int) -> None:  # noqa: ARG002 - a collector's signature
        self._decode()
        if self._length < _LONGEST_CAPTURE:
            self._pieces.append(letter)
            self._length += 1

    @property
    def written(self) -> str:
        """All of it."""
        self._decode()
        return joined("".join(self._pieces)).strip()

    def _decode(self) -> None:
        self._pieces.append(decode_page(bytes(self._raw), self._page))
        self._raw.clear()


class HexData(Collector):
    """Keeps the bytes of a picture or an object, which stand in hex or as they are."""

    def __init__(self) -> None:
        self._digits = bytearray()
        self._raw = bytearray()

    def text(self, group: "Group", raw: bytes, start: int, end: int) -> None:  # noqa: ARG002 - a collector's signature
        self._digits += raw

    def data(self, raw: bytes) -> None:
        self._raw += raw

    @property
    def size(self) -> int:
        """How many bytes of the file it takes up."""
        return len(self._digits) + len(self._raw)

    @property
    def written(self) -> bytes:
        """The bytes; digits up to the first that is none."""
        if len(self._raw) > 0:
            return bytes(self._raw)
        digits = bytes(self._digits).translate(None, b" \t\r\n\0")
        try:
            return bytes.fromhex(digits[: len(digits) & ~1].decode("ascii"))
        except ValueError:
            return _up_to_the_first_other(digits)


def _up_to_the_first_other(digits: bytes) -> bytes:
    rest = digits.lstrip(b"0123456789abcdefABCDEF")
    good = digits[: len(digits) - len(rest)]
    return bytes.fromhex(good[: len(good) & ~1].decode("ascii"))


def joined(text: str) -> str:
    """Text with halves of surrogate pairs put together."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class Group:
    """The state of a group; copied for each group inside it."""

    def __init__(self, collector: Collector) -> None:
        self.collector = collector
        self.opened = b""  # the destination that this group opened
        self.start = 0
        self.starred = False  # behind \*
        self.fresh = True  # nothing but control words so far
        self.page = WESTERN
        self.fallbacks = 1  # \uc
        self.hidden = False
        self.deleted = False
        self.inserted = False
        self.changed_by: tuple[int, int] = (0, 0)  # author and time of the insertion
        self.deleted_by: tuple[int, int] = (0, 0)
        self.role = Role.BODY
        self.html_only = False  # \htmlrtf: text that only readers of RTF shall see
        self.table = b""  # fonttbl or revtbl, where inside one

    def inside(self, start: int) -> "Group":
        """A group in this group."""
        inner = Group(self.collector)
        inner.__dict__.update(self.__dict__)
        inner.opened, inner.start, inner.starred, inner.fresh = b"", start, False, True
        return inner

    def plain(self) -> None:
        """What `plain` sets back."""
        self.hidden = self.deleted = self.inserted = False
