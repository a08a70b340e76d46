"""Plain text: the decoded text in blocks, and which encoding was taken.

- Places are `Chars`, counted in code points of the decoded text; a byte order mark is not text,
  line ends count as they stand (CR LF is two).
- A guessed encoding and bytes that it cannot decode are Problems.
"""

from collections.abc import Iterator

from muniment.core import Chars, Field, Metadata, Part, Problem, Role, TextSpan, Whole
from muniment.readers.encodings import Encoding, decoded, encoding_of
from muniment.readers.reader import Context, Reader
from muniment.readers.source import Source
from muniment.readers.text_blocks import blocks_of

_REPLACEMENT = "\ufffd"
_PROSE = "text/plain"


def read_text(source: Source, context: Context) -> Iterator[Part]:
    """The blocks of a text; markup for every type but plain text."""
    role = Role.BODY if context.media_type == _PROSE else Role.MARKUP
    encoding = encoding_of(source.blocks())
    yield from encoding_parts(encoding)
    replaced = 0
    for block in blocks_of(decoded(source.blocks(), encoding)):
        replaced += block.text.count(_REPLACEMENT)
        yield TextSpan(Chars(block.start, block.end), block.text, role)
    proven = encoding.certain and encoding.mark == 0  # a U+FFFD in valid UTF-8 was written so
    if replaced > 0 and not proven:
        message = f"{replaced} places in the text cannot be decoded as {encoding.name}"
        yield Problem(Whole(), "undecodable-bytes", message)


def encoding_parts(encoding: Encoding) -> Iterator[Part]:
    """What is recorded about the choice of an encoding."""
    yield Metadata(Field("encoding"), "encoding", encoding.name)
    if not encoding.certain:
        message = f"the encoding {encoding.name} is a guess: {encoding.evidence}"
        yield Problem(Whole(), "encoding-guessed", message)


PLAIN_TEXT = Reader(
    name="text",
    version=2,
    media_types=(
        "text/plain",
        "text/markdown",
        "text/xml",
        "application/xml",
        "image/svg+xml",
    ),
    read=read_text,
)
