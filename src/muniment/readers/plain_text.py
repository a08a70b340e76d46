"""Plain text: the decoded text in blocks, and which encoding was taken.

- Places are `Chars`, counted in code points of the decoded text; a byte order mark is not text,
  line ends count as they stand (CR LF is two).
- A guessed encoding and bytes that it cannot decode are Problems.
"""

import re
from collections.abc import Iterable, Iterator

from muniment.core import Chars, Field, Metadata, Part, Problem, Role, TextSpan, Whole
from muniment.readers.control_bytes import control_problems
from muniment.readers.encodings import Encoding, decoded, encoding_of
from muniment.readers.reader import Context, Reader
from muniment.readers.source import Source
from muniment.readers.text_blocks import blocks_of
from muniment.readers.undecodable import undecodable_problems
from muniment.readers.xml_entities import entities_of

_PROSE = "text/plain"
_XML = ("text/xml", "application/xml", "image/svg+xml")
_PACKAGED = re.compile(r"<office:document-(styles|settings|meta)[\s>]")
_HEAD = 1 << 18  # of an XML file, in which it declares its entities


def read_text(source: Source, context: Context) -> Iterator[Part]:
    """The blocks of a text; markup for every type but plain text."""
    role = Role.BODY if context.media_type == _PROSE else Role.MARKUP
    encoding = encoding_of(source.blocks())
    yield from encoding_parts(encoding, source.blocks())
    yield from control_problems(source, encoding)
    if context.media_type in _XML:
        head = "".join(decoded([source.read_at(0, _HEAD)], encoding))
        yield from _entities(head)
        part = _PACKAGED.search(head)
        if part is not None:
            written = f"{part[1]} of an OpenDocument file, outside of its package"
            yield Metadata(Field("part"), "part", written)
    for block in blocks_of(decoded(source.blocks(), encoding)):
        yield TextSpan(Chars(block.start, block.end), block.text, role)


def _entities(head: str) -> Iterator[Part]:
    """What is to be said of the entities that an XML file declares at its beginning."""
    found = entities_of(head)
    if found is None:
        return
    length = "without end" if found.endless else f"up to {found.longest:,} characters each"
    outside = "" if found.outside == 0 else f"; {found.outside} name something outside the file"
    message = (
        f"it declares {found.declared} entities, which grow to {length}{outside}; none is expanded "
        "or fetched here, the text is read as it is written"
    )
    start = max(head.find("<!DOCTYPE"), 0)
    yield Problem(Chars(start, start + len("<!DOCTYPE")), "entities-not-expanded", message)


def encoding_parts(encoding: Encoding, blocks: Iterable[bytes] = ()) -> Iterator[Part]:
    """What is recorded about the choice of an encoding, and where `blocks` are not in it."""
    yield Metadata(Field("encoding"), "encoding", encoding.name)
    if not encoding.certain:
        message = f"the encoding {encoding.name} is a guess: {encoding.evidence}"
        yield Problem(Whole(), "encoding-guessed", message)
    if not encoding.is_proven:
        yield from undecodable_problems(blocks, encoding)


PLAIN_TEXT = Reader(
    name="text",
    version=5,
    media_types=(
        "text/plain",
        "text/markdown",
        "text/xml",
        "application/xml",
        "image/svg+xml",
    ),
    read=read_text,
)
