"""What a reader finds in a file: located parts, a closed union.

    TextSpan   a stretch of text               Cell      one cell of a table
    Image      a raster and its size           Metadata  a stated property of the file
    Child      a file inside this file         Tally     how many things a container announces
    Problem    trouble in the source, with its place

- Every part says where it stands (`at`); the object it stands in is known to whoever holds it.
- Parts hold what is written, never an interpretation of it.
- Matched exhaustively: a new kind of part breaks the type check until every room knows it.
"""

from enum import StrEnum
from typing import cast

import msgspec

from muniment.core.digest import Digest
from muniment.core.place import Area, CellArea, Place


class Role(StrEnum):
    """What a stretch of text is in its document."""

    BODY = "body"
    TITLE = "title"
    HEADER = "header"
    FOOTER = "footer"
    NOTE = "note"  # footnote or endnote
    COMMENT = "comment"
    DELETED = "deleted"  # still in the file, struck out by a tracked change
    INSERTED = "inserted"  # added by a tracked change
    BOX = "box"  # text box, shape, chart label
    MARKUP = "markup"  # source text of a file that is not prose


class CellKind(StrEnum):
    """How the file stores a cell's value."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"  # a number that the file formats as a date or time
    BOOLEAN = "boolean"
    ERROR = "error"
    BLANK = "blank"  # no value, but a comment, a formula or a merge


class Relation(StrEnum):
    """How a file lies inside another."""

    MEMBER = "member"  # entry of an archive
    ATTACHMENT = "attachment"  # of an e-mail
    EMBEDDED = "embedded"  # picture or object inside a document
    THUMBNAIL = "thumbnail"
    DECOMPRESSED = "decompressed"  # the one content of a compressed stream
    DECRYPTED = "decrypted"
    JOINED = "joined"  # volumes of a split archive, end to end
    RENDERED = "rendered"  # written here from what the container holds in pieces


class TextSpan(msgspec.Struct, frozen=True, tag="text", array_like=True, gc=False):
    """A stretch of text in reading order.

    `source` is empty for text that the file stores; text read off a picture names what read it
    ("tesseract 5.5.4 rus"), and `confidence`, from 0 to 1, is how sure that engine says it is.
    """

    at: Place
    text: str
    role: Role = Role.BODY
    hidden: bool = False
    confidence: float | None = None
    source: str = ""


class Cell(msgspec.Struct, frozen=True, tag="cell", array_like=True, gc=False):
    """One cell that holds something.

    `written` is the stored (for a formula: cached) value as text: a number as the file spells it,
    in the shortest spelling that keeps its value where it is stored in binary; a date cell as its
    serial number. `shown` is what the number format displays, where that was computed and is
    another text; without a format, the shortest spelling.

    A cell of a table on a page stands in an `Area`; `grid` then says which row and column of
    which table it is (not checked here, where a million cells are made; a part file holds no
    cell without it). `confidence` and `source` are those of `TextSpan`.
    """

    at: CellArea | Area
    kind: CellKind
    written: str
    shown: str | None = None
    formula: str | None = None
    number_format: str | None = None
    hidden: bool = False
    comment: str | None = None
    grid: CellArea | None = None
    confidence: float | None = None
    source: str = ""

    @property
    def in_table(self) -> CellArea:
        """Row, column and table (or sheet), wherever the cell stands."""
        return self.at if isinstance(self.at, CellArea) else cast("CellArea", self.grid)


class Image(msgspec.Struct, frozen=True, tag="image", array_like=True, gc=False):
    """A raster that can be shown: its place and its size in pixels."""

    at: Place
    width: int
    height: int


class Metadata(msgspec.Struct, frozen=True, tag="metadata", array_like=True, gc=False):
    """A property that the file states of itself, as written."""

    at: Place
    name: str
    written: str


class Child(msgspec.Struct, frozen=True, tag="child", array_like=True, gc=False):
    """A file inside this file; `index` is its position among the container's entries, from 0.

    `raw_name` holds the name's bytes as stored; `name` is a reading of them, for people only.
    `stated` holds what the container says of the entry (method, sizes, CRC, time), as written.
    """

    at: Place
    index: int
    relation: Relation
    raw_name: bytes
    name: str
    digest: Digest
    size: int
    stated: tuple[tuple[str, str], ...] = ()


class Tally(msgspec.Struct, frozen=True, tag="tally", array_like=True, gc=False):
    """How many things of a sort the file announces, whatever then comes out."""

    at: Place
    sort: str  # members, pages, sheets, attachments …
    announced: int


class Problem(msgspec.Struct, frozen=True, tag="problem", array_like=True, gc=False):
    """Trouble in a source file: recorded, counted and shown, never raised and never dropped.

    `code` is a short lower-case word pair such as `crc-mismatch`; `message` is a sentence.
    """

    at: Place
    code: str
    message: str


Part = TextSpan | Cell | Image | Metadata | Child | Tally | Problem


def kind_of_part(part: Part) -> str:
    """The word for a part's kind: `text`, `cell`, `image` and so on."""
    return part.__struct_config__.tag  # type: ignore[return-value] # every part has a text tag
