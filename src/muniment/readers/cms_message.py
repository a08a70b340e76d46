"""CMS and PKCS #7 (.p7m, .p7s, .p7c): what was signed, for whom something is encrypted.

| content | what comes out |
|---|---|
| signed data | what was signed as a child, byte for byte; certificates as children; who signed |
| enveloped, encrypted | issuer and serial number of each recipient's certificate; locked |
| compressed, digested, plain data | the content as a child |

- Nothing is said of whether a signature holds: that is a question for `checks`.
- A detached signature holds no content, which is stated.

Source: RFC 5652; RFC 3274 (compressed data); RFC 5083 (authenticated enveloped data).
"""

import zlib
from collections.abc import Iterator

from muniment.core import Field, Member, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.der_elements import (
    INTEGER,
    OCTETS,
    SEQUENCE,
    SET,
    Element,
    element_at,
    name_of,
    octets_of,
    oid_of,
)
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import LockedError, RefusedError, UnreadableError
from muniment.readers.source import Source

_LARGEST = 1 << 29
_KINDS = {
    "1.2.840.113549.1.7.1": "data",
    "1.2.840.113549.1.7.2": "signed data",
    "1.2.840.113549.1.7.3": "enveloped data",
    "1.2.840.113549.1.7.5": "digested data",
    "1.2.840.113549.1.7.6": "encrypted data",
    "1.2.840.113549.1.9.16.1.9": "compressed data",
    "1.2.840.113549.1.9.16.1.23": "authenticated enveloped data",
    "1.2.840.113549.1.9.16.1.2": "authenticated data",
}
_LOCKED = ("enveloped data", "encrypted data", "authenticated enveloped data")
_FIRST, _SECOND = 0xA0, 0xA1  # [0] and [1], constructed
_SIGNING_TIME = "1.2.840.113549.1.9.5"
_MOST_CERTIFICATES = 10_000
_UNPACK_PIECE = 1 << 20


def read_cms(source: Source, context: Context) -> Iterator[Part]:
    """What a CMS object holds and says.

    Raises:
        LockedError: it is encrypted.
    """
    if source.size > _LARGEST:
        raise RefusedError(f"an object of more than {_LARGEST} bytes")
    try:
        kind, content = _content(source.read_all())
        yield Metadata(Field("content"), "content", kind)
        if kind in _LOCKED:
            yield from _recipients(content)
        elif kind == "signed data":
            yield from _signed(context, content)
        else:
            yield from _held(context, kind, content)
    except ValueError as why:
        raise UnreadableError(f"its ASN.1 is damaged: {why}") from why
    if kind in _LOCKED:
        raise LockedError(f"it is encrypted ({kind}); the recipients' certificates are stated")


def _content(data: bytes) -> tuple[str, Element]:
    """What the object is, and the element that holds it."""
    parts = element_at(data).children()
    kind = _KINDS.get(oid_of(parts[0])) if len(parts) > 1 else None
    if kind is None:
        raise ValueError("it is of no known kind")
    return kind, parts[1].children()[0]


def _recipients(content: Element) -> Iterator[Part]:
    """For whom it is encrypted: issuer and serial number, or key identifier."""
    groups = [item for item in content.children() if item.tag == SET]
    recipients = groups[0].children() if len(groups) > 0 else []
    for number, recipient in enumerate(recipients, start=1):
        yield Metadata(Field("recipient", number), "recipient", _whose(recipient))
    algorithm = next((item for item in content.children() if item.tag == SEQUENCE), None)
    if algorithm is not None and len(algorithm.children()) > 1:
        used = algorithm.children()[1].children()
        yield Metadata(Field("algorithm"), "algorithm", oid_of(used[0]) if used else "")


def _whose(info: Element) -> str:
    """Issuer and serial number of the certificate that a recipient or signer is named by."""
    for item in info.children():
        if item.tag == SEQUENCE:
            inner = item.children()
            if len(inner) == 2 and inner[0].tag == SEQUENCE and inner[1].tag == INTEGER:  # noqa: PLR2004
                return f"{name_of(inner[0])}; serial number {inner[1].value.hex()}"
        if item.tag in (0x80, _FIRST):
            return f"key identifier {item.value.hex()}"
    return "in a form that is not read"


def _signed(context: Context, content: Element) -> Iterator[Part]:
    parts = content.children()
    inner = next((item for item in parts if item.tag == SEQUENCE), None)
    body = inner.children() if inner is not None else []
    groups = [item for item in parts if item.tag == _FIRST]
    certificates = groups[0].children()[:_MOST_CERTIFICATES] if groups else []
    yield Tally(Whole(), "members", len(certificates) + (len(body) > 1))
    yield from _signers(parts)
    index = 0
    if len(body) > 1:
        yield Metadata(Field("content type"), "content type", oid_of(body[0]))
        entry = Entry(Member(0), 0, Relation.EMBEDDED, b"", "", (("what", "signed content"),))
        yield child_or_problem(context.children, entry, _octets(body[1]))
        index = 1
    else:
        yield Metadata(Field("content type"), "content type", "none: a detached signature")
    for number, certificate in enumerate(certificates, start=index):
        entry = Entry(Member(number), number, Relation.MEMBER, b"", "", (("what", "certificate"),))
        yield child_or_problem(context.children, entry, (certificate.whole,))


def _octets(wrapped: Element) -> list[bytes]:
    inner = wrapped.children()
    if len(inner) == 1 and inner[0].tag & 0x1F == OCTETS:
        return octets_of(inner[0])
    return [item.whole for item in inner]  # PKCS #7 1.5 lets the content be any element


def _signers(parts: list[Element]) -> Iterator[Part]:
    sets = [item for item in parts if item.tag == SET]
    signers = sets[-1].children() if len(sets) > 1 else []
    for number, signer in enumerate(signers, start=1):
        place = Field("signer", number)
        yield Metadata(place, "signer", _whose(signer))
        for attribute in (
            item for group in signer.children() if group.tag == _FIRST for item in group.children()
        ):
            pair = attribute.children()
            if len(pair) > 1 and oid_of(pair[0]) == _SIGNING_TIME:
                written = pair[1].children()[0].value.decode("ascii", "replace")
                yield Metadata(place, "signing time", written)


def _held(context: Context, kind: str, content: Element) -> Iterator[Part]:
    yield Tally(Whole(), "members", 1)
    relation = Relation.DECOMPRESSED if kind == "compressed data" else Relation.EMBEDDED
    pieces = _pieces(kind, content)
    if pieces is None:
        yield Problem(Member(0), "member-damaged", "the content is not there")
        return
    packed = len(content.value) if kind == "compressed data" else None
    entry = Entry(Member(0), 0, relation, b"", "", (("what", kind),), packed)
    chunks = _inflated(pieces) if kind == "compressed data" else iter(pieces)
    yield child_or_problem(context.children, entry, chunks)


def _pieces(kind: str, content: Element) -> list[bytes] | None:
    if kind == "data":
        return octets_of(content)
    for item in content.children():
        inner = item.children() if item.tag == SEQUENCE else []
        if len(inner) > 1 and inner[1].tag == _FIRST and oid_of(inner[0]) != "":
            return _octets(inner[1])
    return None


def _inflated(pieces: list[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    for piece in pieces:
        rest = piece
        while len(rest) > 0:
            yield unpacker.decompress(rest, _UNPACK_PIECE)
            rest = unpacker.unconsumed_tail
    yield unpacker.flush()


def _is_cms(head: bytes) -> bool:
    try:
        if head[:1] != b"\x30":
            return False
        start = 2 if head[1] <= 0x80 else 2 + (head[1] & 0x7F)  # noqa: PLR2004 - the length's form
        return oid_of(element_at(head, start)) in _KINDS
    except (ValueError, IndexError):
        return False


CMS_MESSAGE = Reader(
    name="cms",
    version=1,
    media_types=("application/pkcs7-mime", "application/pkcs7-compressed"),
    read=read_cms,
    recognises=_is_cms,
    begins=b"0",
)
