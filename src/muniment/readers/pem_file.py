"""PEM (RFC 7468): each block as a child with the bytes that it stands for, and the text around it.

- A block's label says what it is; nothing in it is opened here.
- Lines outside of blocks are text, at their characters.
"""

import base64
import binascii
import re
from collections.abc import Iterator

from muniment.core import Chars, Member, Part, Relation, Role, Tally, TextSpan, Whole
from muniment.readers.members import DamagedError, Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.text_blocks import blocks_of

_LARGEST = 1 << 26
_BLOCK = re.compile(
    r"^-----BEGIN ([A-Z0-9 ]{1,60})-----[ \t]*\r?$(.*?)^-----END [A-Z0-9 ]{1,60}-----[ \t]*\r?$",
    re.MULTILINE | re.DOTALL,
)
_BEGINNING = re.compile(
    rb"(?m)^-----BEGIN (?:[A-Z0-9]+ )*(?:CERTIFICATE|PRIVATE KEY|PUBLIC KEY|PKCS7|CMS|X509 CRL|"
    rb"PARAMETERS|CERTIFICATE REQUEST)-----"
)
_HEADER = re.compile(r"^[A-Za-z0-9-]+: [^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?$", re.MULTILINE)
_WITHIN = 1 << 12


def read_pem(source: Source, context: Context) -> Iterator[Part]:
    """The blocks of a PEM file, and the text around them."""
    if source.size > _LARGEST:
        raise RefusedError(f"a file of more than {_LARGEST} bytes")
    text = source.read_all().decode("latin-1")
    blocks = list(_BLOCK.finditer(text))
    yield Tally(Whole(), "members", len(blocks))
    position = 0
    for index, block in enumerate(blocks):
        yield from _around(text, position, block.start())
        entry = Entry(
            Member(index), index, Relation.MEMBER, block[1].encode("ascii"), block[1].title(), ()
        )
        yield child_or_problem(context.children, entry, _content(block[2]))
        position = block.end()
    yield from _around(text, position, len(text))
    if len(blocks) == 0:
        raise UnreadableError("no block in it has an end")


def _around(text: str, start: int, end: int) -> Iterator[Part]:
    for block in blocks_of((text[start:end],)):
        at = Chars(start + block.start, start + block.end)
        yield TextSpan(at, block.text, Role.NOTE)


def _content(written: str) -> Iterator[bytes]:
    if "Proc-Type: 4,ENCRYPTED" in written:
        raise DamagedError("locked-inside", "the key in this block is encrypted by a password")
    letters = "".join(_HEADER.sub("", written).split())
    try:
        yield base64.b64decode(letters, validate=True)
    except binascii.Error as why:
        raise DamagedError("member-damaged", "a block is not base64") from why


def _is_pem(head: bytes) -> bool:
    return _BEGINNING.search(head[:_WITHIN]) is not None


PEM_FILE = Reader(
    name="pem",
    version=1,
    media_types=("application/x-pem-file",),
    read=read_pem,
    recognises=_is_pem,
)
