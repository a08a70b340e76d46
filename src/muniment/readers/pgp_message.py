"""OpenPGP: messages, keys and signatures, in binary or in armour (RFC 9580).

| what stands in it | what comes out |
|---|---|
| encrypted data | the key ids it is encrypted for; locked |
| signed text | the text at its characters, who signed |
| literal data, also compressed | the data as a child under the name it states |
| keys | user ids as text, key ids, fingerprints, times as Metadata |
| signatures | key id and time as Metadata |

- Whether a signature holds is not said here.
"""

import base64
import bz2
import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Iterator

from muniment.core import (
    Chars,
    Field,
    Member,
    Metadata,
    Part,
    Problem,
    Relation,
    Tally,
    TextSpan,
    Whole,
)
from muniment.readers.encodings import decoded, encoding_of
from muniment.readers.mapi_property import filetime
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.pgp_packets import Packet, packets_of
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import LockedError, RefusedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.text_blocks import blocks_of

_LARGEST = 1 << 28
_MOST_UNPACKED = 1 << 28
_BLOCK = re.compile(
    r"^-----BEGIN PGP ([A-Z0-9, /]{1,40})-----[ \t]*\r?\n(.*?)"
    r"(?:^-----END PGP [A-Z0-9, /]{1,40}-----[ \t]*\r?$|(?=^-----BEGIN PGP )|\Z)",
    re.MULTILINE | re.DOTALL,
)
_SIGNED = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\r?\n(?:[A-Za-z]+: [^\n]*\n)*\r?\n(.*?)\r?\n"
    r"(?=-----BEGIN PGP SIGNATURE-----)",
    re.MULTILINE | re.DOTALL,
)
_ARMOUR_HEADER = re.compile(r"^([A-Za-z]+): ([^\r\n]*)\r?$", re.MULTILINE)
_SIGNATURE, _SECRET, _PUBLIC, _SECRET_SUB, _PUBLIC_SUB = 2, 5, 6, 7, 14
_FOR_KEY, _FOR_PASSWORD, _COMPRESSED, _LITERAL, _USER = 1, 3, 8, 11, 13
_ENCRYPTED = (9, 18, 20)
_KEYS = {_SECRET: "secret key", _PUBLIC: "public key", _SECRET_SUB: "secret subkey"} | {
    _PUBLIC_SUB: "public subkey"
}
_FIRST = frozenset((_SIGNATURE, _SECRET, _PUBLIC, _FOR_KEY, _FOR_PASSWORD, _COMPRESSED, 4))
_EPOCH_TICKS = 116_444_736_000_000_000
_DEEPEST = 8


def read_pgp(source: Source, context: Context) -> Iterator[Part]:
    """What an OpenPGP file holds and says.

    Raises:
        LockedError: it is encrypted.
    """
    if source.size > _LARGEST:
        raise RefusedError(f"a message of more than {_LARGEST} bytes")
    data = source.read_all()
    if data[:1] and data[0] & 0x80:
        yield from _Packets(context).read(list(packets_of(data)))
        return
    encoding = encoding_of([data])
    text = "".join(decoded([data], encoding))
    packets: list[Packet] = []
    yield from _signed_text(text)
    found = 0
    for block in _BLOCK.finditer(text):
        found += 1
        if block[1] == "SIGNED MESSAGE":
            continue
        for name, written in _ARMOUR_HEADER.findall(block[2].partition("\n\n")[0]):
            yield Metadata(Chars(block.start(), block.end()), name, written)
        raw = _unarmoured(block[2])
        if raw is None:
            at = Chars(block.start(), block.end())
            yield Problem(at, "member-damaged", "a block of armour is not base64")
            continue
        packets += packets_of(raw)
    yield from _around(text)
    yield from _Packets(context).read(packets)
    if found == 0:
        raise UnreadableError("no block of armour stands in it")


def _signed_text(text: str) -> Iterator[Part]:
    """The text of a signed message, its lines as written (also "- " before dashes)."""
    for match in _SIGNED.finditer(text):
        for block in blocks_of((match[1],)):
            at = Chars(match.start(1) + block.start, match.start(1) + block.end)
            yield TextSpan(at, block.text)


def _around(text: str) -> Iterator[Part]:
    """What stands outside of all blocks."""
    position = 0
    spans = [match.span() for match in _BLOCK.finditer(text)] + [(len(text), len(text))]
    for start, end in spans:
        for block in blocks_of((text[position:start],)):
            yield TextSpan(Chars(position + block.start, position + block.end), block.text)
        position = end


def _unarmoured(written: str) -> bytes | None:
    body = re.split(r"\r?\n[ \t]*\r?\n", "\n" + written, maxsplit=1)[-1]
    letters = "".join(
        line.strip() for line in body.splitlines() if not line.startswith(("=", "-----"))
    )
    try:
        return base64.b64decode(letters, validate=True)
    except ValueError:
        return None


class _Packets:
    """The packets of a file while they are read."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._seen: Counter[str] = Counter()
        self._index = 0
        self._unpacked = 0

    def read(self, packets: list[Packet]) -> Iterator[Part]:
        literal, others, encrypted = self._flat(packets)
        yield Tally(Whole(), "members", len(literal))
        for packet in others:
            yield from self._stated(packet)
        for packet in literal:
            yield self._literal(packet)
        if encrypted:
            raise LockedError("an OpenPGP message, encrypted; the keys it is for are stated")

    def _flat(self, packets: list[Packet]) -> tuple[list[Packet], list[Packet], bool]:
        """Literal data, what else there is, and whether something is encrypted."""
        literal, others, encrypted = [], [], False
        pending = [(packet, 0) for packet in reversed(packets)]
        while len(pending) > 0:
            packet, depth = pending.pop()
            if packet.sort == _COMPRESSED and depth < _DEEPEST:
                inner = [(item, depth + 1) for item in packets_of(self._inflated(packet.body))]
                pending.extend(reversed(inner))
            elif packet.sort == _LITERAL:
                literal.append(packet)
            elif packet.sort in _ENCRYPTED:
                encrypted = True
            else:
                others.append(packet)
        return literal, others, encrypted

    def _inflated(self, body: bytes) -> bytes:
        room = _MOST_UNPACKED - self._unpacked
        try:
            match body[0] if len(body) > 0 else 0:
                case 1:
                    data = zlib.decompressobj(-15).decompress(body[1:], max(1, room))
                case 2:
                    data = zlib.decompressobj().decompress(body[1:], max(1, room))
                case 3:
                    data = bz2.BZ2Decompressor().decompress(body[1:], max(1, room))
                case _:
                    data = body[1:]
        except (zlib.error, OSError, EOFError, ValueError):
            return b""
        self._unpacked += len(data)
        if self._unpacked >= _MOST_UNPACKED:
            raise RefusedError(f"unpacks to more than {_MOST_UNPACKED} bytes")
        return data

    def _literal(self, packet: Packet) -> Part:
        body = packet.body
        length = body[1] if len(body) > 1 else 0
        raw = body[2 : 2 + length]
        written = filetime(_ticks(body[2 + length : 6 + length]))
        stated = (("format", chr(body[0]) if body else ""), ("time", written))
        index = self._index
        self._index += 1
        name = raw.decode("utf-8", "replace")
        entry = Entry(Member(index), index, Relation.MEMBER, raw, name, stated)
        return child_or_problem(self._context.children, entry, (body[6 + length :],))

    def _stated(self, packet: Packet) -> Iterator[Part]:
        body = packet.body
        if packet.sort == _USER:
            yield TextSpan(self._place("user id"), body.decode("utf-8", "replace"))
        elif packet.sort == _FOR_KEY:
            yield self._said("encrypted for key", _recipient(body))
        elif packet.sort == _FOR_PASSWORD:
            yield self._said("encrypted for", "a password")
        elif packet.sort in _KEYS:
            yield from self._key(packet)
        elif packet.sort == _SIGNATURE:
            yield from self._signature(body)

    def _place(self, name: str) -> Field:
        self._seen[name] += 1
        return Field(name, self._seen[name])

    def _said(self, name: str, written: str) -> Part:
        return Metadata(self._place(name), name, written)

    def _key(self, packet: Packet) -> Iterator[Part]:
        kind, body = _KEYS[packet.sort], packet.body
        if body[:1] == b"\x04" and len(body) > 5:  # noqa: PLR2004 - version 4: time, algorithm
            written = filetime(_ticks(body[1:5]))
            shown = f"algorithm {body[5]}, {written}"
            if packet.sort in (_PUBLIC, _PUBLIC_SUB):
                # RFC 9580 §5.5.4.2 defines the fingerprint by SHA-1; nothing rests on it here.
                digest = hashlib.sha1(
                    b"\x99" + len(body).to_bytes(2, "big") + body, usedforsecurity=False
                )
                shown += f", fingerprint {digest.hexdigest()}"
            yield self._said(kind, shown)
        else:
            yield self._said(kind, f"version {body[0] if body else '?'}")

    def _signature(self, body: bytes) -> Iterator[Part]:
        if body[:1] == b"\x03" and len(body) > 14:  # noqa: PLR2004 - version 3
            shown = f"by key {body[7:15].hex()}, {filetime(_ticks(body[3:7]))}"
            yield self._said("signature", shown)
            return
        shown = "".join(_subpackets(body))
        yield self._said("signature", shown or "by a key that is not stated")


def _recipient(body: bytes) -> str:
    if body[:1] == b"\x03":
        key = body[1:9].hex()
        return "not stated" if key == "0" * 16 else key
    return body[1:40].hex()


def _subpackets(body: bytes) -> Iterator[str]:
    """The key id and the time of a version 4 signature (§5.2.3.7)."""
    hashed = int.from_bytes(body[4:6], "big")
    unhashed = body[6 + hashed : 8 + hashed]
    areas = (body[6 : 6 + hashed], body[8 + hashed : 8 + hashed + int.from_bytes(unhashed, "big")])
    for area in areas:
        position = 0
        while position < len(area):
            length = area[position]
            content = area[position + 1 : position + 1 + length]
            position += 1 + max(1, length)
            if len(content) == 0 or length >= 192:  # noqa: PLR2004 - longer ones are neither of the two
                return
            if content[0] & 0x7F == 2:  # noqa: PLR2004 - creation time
                yield f" {filetime(_ticks(content[1:5]))}"
            elif content[0] & 0x7F == 16:  # noqa: PLR2004 - issuer
                yield f" by key {content[1:9].hex()}"


def _ticks(raw: bytes) -> int:
    """A time in seconds from 1970 as a FILETIME."""
    return int.from_bytes(raw, "big") * 10_000_000 + _EPOCH_TICKS


def _is_pgp(head: bytes) -> bool:
    if head.lstrip(b"\r\n\t \xef\xbb\xbf").startswith(b"-----BEGIN PGP "):
        return True
    return head[:1] != b"" and head[0] & 0x80 != 0 and _begins_with_packet(head)


def _begins_with_packet(head: bytes) -> bool:
    """Whether the first packet is whole and of a form that is hard to meet by chance."""
    first = next(packets_of(head[: 1 << 14]), None)
    if first is None or first.sort not in _FIRST or not first.whole or len(first.body) < 10:  # noqa: PLR2004
        return False
    version, algorithm = first.body[0], first.body[5]
    match first.sort:
        case 1:
            return version in (3, 6) and first.body[9] in range(1, 28)
        case 2:
            return version == 4 and first.body[2] in range(1, 28) and first.body[3] in range(1, 15)  # noqa: PLR2004
        case 3:
            return version in (4, 5, 6) and first.body[1] in range(1, 14)
        case 5 | 6:
            return version == 4 and algorithm in range(1, 28)  # noqa: PLR2004
        case _:
            return False


PGP_MESSAGE = Reader(
    name="pgp",
    version=2,
    media_types=("application/pgp-encrypted",),
    read=read_pgp,
    recognises=_is_pgp,
    begins=rb"[\x80-\xff]|[\r\n\t ]*-----BEGIN PGP |[\r\n\t ]+\xef",
)
