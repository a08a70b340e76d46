"""A folder as one stream of bytes and back: POSIX ustar, uncompressed, the same bytes every time.

    one 512-byte header, the bytes, zeros up to a multiple of 512; for each file; then 1,024 zeros

- Members come in the order of their paths; owner 0, time 0, mode 0644: nothing of the machine
  that wrote it is in it.
- A size beyond 8 GiB is written in base 256 (first byte 0x80), as GNU tar and libarchive read it.
- Reading accepts less than tar programs do: plain files with plain names below one folder, and
  folders, which are passed by. No links, devices, extended headers or second spellings. Memory
  does not grow with anything that a header says.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from muniment.core import IntegrityError, UsageError
from muniment.publish.streams import Readable

BLOCK = 512
_CHUNK = 1 << 20
_NAME_ROOM = 100
_PREFIX_ROOM = 155
_OCTAL_SIZE_END = 8**11
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", re.ASCII)
_OCTAL = re.compile(rb"0*[0-7]+[ \0]*", re.ASCII)
_FILE, _FOLDER = (b"0", b"\0"), b"5"


class Limits(msgspec.Struct, frozen=True):
    """How much may come out of a stream that somebody else wrote."""

    files: int
    bytes: int


def tar_chunks(folder: Path, name: str) -> Iterator[bytes]:
    """The stream that holds all files below `folder`, under the folder `name`.

    Raises:
        UsageError: `name` is not plain or too long, or a path below is.
    """
    if _PLAIN.fullmatch(name) is None or "/" in name or len(name) > _PREFIX_ROOM:
        raise UsageError(
            f"{name!r} cannot be the name of a bag that is packed",
            next_step="rename the bag: Latin letters, digits, '.', '_' and '-', 155 at most",
        )
    paths = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )
    for path in paths:
        yield from _member(folder / path, name, path)
    yield bytes(2 * BLOCK)


def unpack(stream: Readable, target: Path, limits: Limits) -> None:
    """Write the files in `stream` below `target`, a new folder, without the folder they lay under.

    Raises:
        IntegrityError: the stream is not one that `tar_chunks` could have written, or is larger
            than `limits`; what was written so far is removed.
    """
    target.mkdir(mode=0o700)
    try:
        _unpack(stream, target, limits)
    except BaseException:
        shutil.rmtree(target)
        raise


def _member(source: Path, prefix: str, path: str) -> Iterator[bytes]:
    if len(path) > _NAME_ROOM:
        raise UsageError(f"{path} is too long for ustar", next_step="hand the folder over as it is")
    with source.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        yield _header(prefix, path, size)
        left = size
        while left > 0 and (chunk := file.read(min(_CHUNK, left))) != b"":
            left -= len(chunk)
            yield chunk
        if left > 0 or file.read(1) != b"":
            raise IntegrityError(f"{source} changed while it was read", next_step="export again")
    yield bytes(-size % BLOCK)


def _header(prefix: str, path: str, size: int) -> bytes:
    """POSIX.1-1988 ustar: name, mode, uid, gid, size, mtime, checksum, type, magic … prefix."""
    written = b"%011o\0" % size if size < _OCTAL_SIZE_END else b"\x80" + size.to_bytes(11, "big")
    before = path.encode("ascii").ljust(100, b"\0") + b"0000644\0" + 2 * b"0000000\0" + written
    before += b"%011o\0" % 0
    after = b"0" + bytes(100) + b"ustar\00000" + bytes(64) + 2 * b"0000000\0"
    after += prefix.encode("ascii").ljust(_PREFIX_ROOM, b"\0") + bytes(12)
    checksum = sum(before) + sum(after) + 8 * ord(" ")
    return before + b"%06o\0 " % checksum + after


def _unpack(stream: Readable, target: Path, limits: Limits) -> None:
    top, files, octets = "", 0, 0
    while (block := _exactly(stream, BLOCK)) != bytes(BLOCK):
        path, size, is_folder = _read_header(block)
        first, _, rest = path.partition("/")
        top = top or first
        if first != top or (rest == "" and not is_folder):
            raise _refused(f"{path} does not lie in the one folder of the bag")
        files, octets = files + 1, octets + size
        if files > limits.files or octets > limits.bytes:
            raise _refused(f"more than {limits.files} files or {limits.bytes} bytes")
        if not is_folder:
            _write(stream, target / rest, size)
    if _exactly(stream, BLOCK) != bytes(BLOCK):
        raise _refused("it does not end as a tar does")
    # Programs pad the end with zeros; reading on also lets the sender's errors come out.
    while (rest_of_it := stream.read(_CHUNK)) != b"":
        if rest_of_it.strip(b"\0") != b"":
            raise _refused("something follows its end")


def _read_header(block: bytes) -> tuple[str, int, bool]:
    """Path, size in bytes, and whether it is a folder."""
    if block[257:262] != b"ustar" or _number(block[148:156]) != _checksum(block):
        raise _refused("a header is not ustar or is damaged")
    is_folder = block[156:157] == _FOLDER
    if not is_folder and block[156:157] not in _FILE:
        raise _refused(f"a member of type {block[156:157]!r}: links and devices are not taken")
    fields = (block[345:500].rstrip(b"\0"), block[:100].rstrip(b"\0"))
    path = b"/".join(field for field in fields if field != b"").decode("ascii", "replace")
    path = path.rstrip("/") if is_folder else path
    if _PLAIN.fullmatch(path) is None:
        raise _refused(f"a member with the name {path[:200]!a}")
    size = _number(block[124:136])
    if is_folder and size != 0:
        raise _refused("a folder with a size")
    return path, size, is_folder


def _number(field: bytes) -> int:
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    if _OCTAL.fullmatch(field) is None:
        raise _refused("a number in a header is not octal")
    return int(field.rstrip(b" \0"), 8)


def _checksum(block: bytes) -> int:
    return sum(block) - sum(block[148:156]) + 8 * ord(" ")


def _write(stream: Readable, path: Path, size: int) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            left = size
            while left > 0:
                chunk = _exactly(stream, min(_CHUNK, left))
                left -= file.write(chunk)
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as why:
        raise _refused(f"two members want one place: {path.name}") from why
    _exactly(stream, -size % BLOCK)


def _exactly(stream: Readable, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        chunk = stream.read(size - len(data))
        if chunk == b"":
            raise _refused("it is cut off")
        data += chunk
    return bytes(data)


def _refused(why: str) -> IntegrityError:
    return IntegrityError(
        f"the packed bag is refused: {why}",
        next_step="ask the sender to pack the bag again (docs/formats/transfer-bag.md)",
    )
