"""How the bytes of a zip entry are packed, and what unpacks each method.

| number | method | unpacked by |
|---|---|---|
| 0, 8, 12, 14, 95 | stored, deflate, bzip2, lzma, xz | the standard library |
| 9 | deflate64 | inflate64 |
| 20, 93 | zstandard | compression.zstd, backports.zstd before Python 3.14 |
| 98 | PPMd version I, rev. 1 | pyppmd |
| 1, 6 | shrunk, imploded | `zip_shrink.py`, `zip_implode.py` |
| 2-5, 10 | reduced, terse | nothing here: named, and left out |

- What comes out is bounded a step at a time; who asks for it counts.
- A stream that ends early is damaged: it never gives half an entry.

Source: PKWARE APPNOTE 6.3.10, §4.4.5 and §5.
"""

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

import inflate64
import pyppmd

from muniment.readers.inflating import inflated
from muniment.readers.members import DamagedError
from muniment.readers.zip_directory import ZipEntry
from muniment.readers.zip_implode import exploded
from muniment.readers.zip_shrink import unshrunk
from muniment.readers.zstandard import zstd

AES = 99  # APPNOTE, appendix E: the method proper stands in the entry's extra field
_IMPLODED = 6
_OUTPUT = 1 << 18
_DEFLATE64_STEP = 1 << 12  # inflate64 does not bound its output; 4 KiB give a few MiB at most
_MEMORY_UNIT = 1 << 20  # §5.10: PPMd states its memory in MiB
_MOST_PPMD_MEMORY = 256

_NAMES: Mapping[int, str] = MappingProxyType(
    {
        0: "stored",
        1: "shrunk",
        **dict.fromkeys(range(2, 6), "reduced"),
        6: "imploded",
        8: "deflated",
        9: "deflate64",
        10: "terse",
        12: "bzip2",
        14: "lzma",
        20: "zstandard",
        93: "zstandard",
        95: "xz",
        98: "ppmd",
        AES: "aes",
    }
)


class _Unpacker(Protocol):
    """A decompressor as the standard library makes them."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


def method_name(method: int) -> str:
    """What people call the method; its number where it has no name."""
    return _NAMES.get(method, str(method))


def unpacked_by(entry: ZipEntry, method: int, blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The bytes of an entry that `blocks` hold, packed by this method.

    Raises:
        DamagedError: the method is not read here, or the packed bytes end too early.
    """
    if method == _IMPLODED:
        yield from exploded(blocks, entry.size, entry.flags)
        return
    unpack = _METHODS.get(method)
    if unpack is None:
        name = method_name(method)
        raise DamagedError("unknown-method", f"packed by a method not read here ({name})")
    yield from unpack(blocks, entry.size)


def _inflated(blocks: Iterator[bytes], _size: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-15)
    for block in blocks:
        yield from inflated(unpacker, block, _OUTPUT)
    if not unpacker.eof:
        yield unpacker.flush()
        raise _early()


def _inflated64(blocks: Iterator[bytes], _size: int) -> Iterator[bytes]:
    unpacker = inflate64.Inflater()
    for block in blocks:
        for at in range(0, len(block), _DEFLATE64_STEP):
            if not unpacker.eof:
                yield unpacker.inflate(block[at : at + _DEFLATE64_STEP])
    if not unpacker.eof:
        raise _early()


def _pumped(unpacker: _Unpacker, blocks: Iterator[bytes]) -> Iterator[bytes]:
    for block in blocks:
        data = block
        while not unpacker.eof:
            yield unpacker.decompress(data, _OUTPUT)
            data = b""
            if unpacker.needs_input:
                break
    if not unpacker.eof:
        raise _early()


def _zstandard(blocks: Iterator[bytes], _size: int) -> Iterator[bytes]:
    try:
        yield from _pumped(zstd.ZstdDecompressor(), blocks)
    except zstd.ZstdError as why:
        raise DamagedError("member-damaged", "its zstandard frame is damaged") from why


def _lzma_member(blocks: Iterator[bytes], size: int) -> Iterator[bytes]:
    """LZMA as zip writes it (§5.8): version, length of the properties, properties, raw stream."""
    head, blocks = _split(blocks, 9)
    if len(head) < 9 or head[2:4] != b"\5\0":  # noqa: PLR2004 - §5.8.8: lc/lp/pb, dictionary
        raise DamagedError("member-damaged", "its LZMA properties are not five bytes")
    rest, lc = divmod(head[4], 9)
    pb, lp = divmod(rest, 5)
    dictionary = max(int.from_bytes(head[5:9], "little"), 1 << 12)
    filters = [
        {"id": lzma.FILTER_LZMA1, "dict_size": dictionary, "lc": lc, "lp": lp, "pb": pb},
    ]
    unpacker = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters)
    written = 0
    for block in blocks:
        data = block
        while not unpacker.eof and written < size:
            chunk = unpacker.decompress(data, min(_OUTPUT, size - written))
            written += len(chunk)
            yield chunk
            data = b""
            if unpacker.needs_input:
                break


def _ppmd(blocks: Iterator[bytes], size: int) -> Iterator[bytes]:
    """PPMd as zip writes it (§5.10): order, memory and restore method in two bytes, stream."""
    head, blocks = _split(blocks, 2)
    stated = int.from_bytes(head, "little")
    order, memory, restore = (stated & 15) + 1, (stated >> 4 & 255) + 1, stated >> 12
    if len(head) < 2 or order < 2 or memory > _MOST_PPMD_MEMORY or restore > 1:  # noqa: PLR2004 - §5.10.3
        raise DamagedError("member-damaged", "its PPMd parameters are out of range")
    unpacker = pyppmd.Ppmd8Decoder(order, memory * _MEMORY_UNIT, restore)
    written = 0
    for block in blocks:
        data = block
        while written < size:
            chunk = unpacker.decode(data, min(_OUTPUT, size - written))
            written += len(chunk)
            yield chunk
            data = b""
            if unpacker.needs_input or unpacker.eof or len(chunk) == 0:
                break


def _split(blocks: Iterator[bytes], length: int) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes, and the blocks behind them."""
    head = b""
    for block in blocks:
        head += block
        if len(head) >= length:
            break
    return head[:length], _chained(head[length:], blocks)


def _chained(first: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    if len(first) > 0:
        yield first
    yield from blocks


def _early() -> DamagedError:
    return DamagedError("member-damaged", "its packed bytes end too early")


_METHODS: Mapping[int, Callable[[Iterator[bytes], int], Iterator[bytes]]] = MappingProxyType(
    {
        0: lambda blocks, _size: blocks,
        1: unshrunk,
        8: _inflated,
        9: _inflated64,
        12: lambda blocks, _size: _pumped(bz2.BZ2Decompressor(), blocks),
        14: _lzma_member,
        20: _zstandard,
        93: _zstandard,
        95: lambda blocks, _size: _pumped(lzma.LZMADecompressor(), blocks),
        98: _ppmd,
    }
)
