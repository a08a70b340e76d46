"""HTML pages: the text a reader would see, a block at a time, and comments, which nobody sees.

- Places are `Chars` in the decoded source of the file, from the first to the last character of a
  block's markup, so a citation can be followed in the file itself; `text` is what is shown there.
- A charset that the page states is taken where the bytes fit it and are not valid UTF-8.
- Files written into the page as data: addresses are children. Nothing is loaded.
"""

import re
from collections.abc import Iterator

from muniment.core import Field, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.encodings import Encoding, decoded, encoding_of
from muniment.readers.mail_charset import codec_of, decode_strictly
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.page_text import Embedded, page_parts
from muniment.readers.plain_text import encoding_parts
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError
from muniment.readers.source import Source

_LARGEST_PAGE = 1 << 27
_STATED_WITHIN = 1 << 13
_STATED = re.compile(rb"(?i)<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([a-z0-9_.:-]{1,40})")
_XML_STATED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})")


def read_page(source: Source, context: Context) -> Iterator[Part]:
    """The blocks of a page, what it states, and the files written into it."""
    if source.size > _LARGEST_PAGE:
        raise RefusedError(f"a page of more than {_LARGEST_PAGE} bytes")
    text, notes = _text(source)
    yield from notes
    parts = list(page_parts(text))
    embedded = sum(isinstance(part, Embedded) for part in parts)
    if embedded > 0:
        yield Tally(Whole(), "embedded", embedded)
    index = 0
    for part in parts:
        if isinstance(part, Embedded):
            yield embedded_child(context, part, index)
            index += 1
        else:
            yield part


def embedded_child(context: Context, file: Embedded, index: int) -> Part:
    """The file that a data: address stands for."""
    stated = (("content type", file.media_type), ("address", "data:"))
    entry = Entry(file.at, index, Relation.EMBEDDED, b"", "", stated)
    return child_or_problem(context.children, entry, file.content())


def _text(source: Source) -> tuple[str, list[Part]]:
    """The decoded source, and what is recorded about its encoding."""
    encoding = encoding_of(source.blocks())
    head = source.read_at(0, _STATED_WITHIN)
    match = _STATED.search(head) or _XML_STATED.match(head)
    label = None if match is None else match[1].decode("ascii")
    codec = None if label is None else codec_of(label)
    notes: list[Part] = []
    if codec is not None and not encoding.certain and not codec.startswith(("utf_16", "utf-16")):
        text = decode_strictly(source.read_all(), codec)
        if text is not None:
            taken = Encoding(codec, certain=True, evidence="the page states it and it fits")
            return text, list(encoding_parts(taken))
        message = f"the page states {label}, which its bytes are not"
        notes.append(Problem(Field("encoding"), "encoding-disagrees", message))
    elif codec is not None and encoding.certain and not _agrees(source, codec, encoding):
        notes.append(Metadata(Field("stated encoding"), "stated encoding", label or ""))
    notes.extend(encoding_parts(encoding, source.blocks()))
    return "".join(decoded(source.blocks(), encoding)), notes


def _agrees(source: Source, codec: str, encoding: Encoding) -> bool:
    ascii_only = all(block.isascii() for block in source.blocks())
    return ascii_only or codec.replace("_", "-") == encoding.name


WEB_PAGE = Reader(name="html", version=3, media_types=("text/html",), read=read_page)
