"""Compiled help, written out by hand: its contents in LZX blocks that are not packed."""

import struct

_BLOCK = 1 << 15
_STORE = b"::DataSpace/Storage/MSCompressed/"
_TABLE = _STORE + b"Transform/{7FC28940-9D31-11D0-9B27-00A0C91E9C7C}/InstanceData/ResetTable"
_PIECE = 0x1000


def _number(value: int) -> bytes:
    groups = [value & 0x7F]
    while (value := value >> 7) > 0:
        groups.append(value & 0x7F | 0x80)
    return bytes(reversed(groups))


def _block(plain: bytes) -> bytes:
    """One stretch: no translation, a block of sort 3 (as it is), three offsets, the bytes."""
    bits = f"0{3:03b}{len(plain):024b}".ljust(32, "0")
    words = struct.pack("<HH", int(bits[:16], 2), int(bits[16:], 2))
    return words + struct.pack("<III", 1, 1, 1) + plain + b"\0" * (len(plain) % 2)


def _line(name: bytes, section: int, offset: int, length: int) -> bytes:
    return _number(len(name)) + name + b"".join(map(_number, (section, offset, length)))


def _system(title: bytes) -> bytes:
    def item(code: int, written: bytes) -> bytes:
        return struct.pack("<HH", code, len(written)) + written

    return struct.pack("<I", 3) + item(2, b"first.htm\0") + item(3, title + b"\0")


def compiled_help(
    files: dict[str, bytes],
    *,
    title: bytes = b"A title",
    language: int = 0x0804,
    packed: bool = True,
) -> bytes:
    """An ITSF file; the files' contents in section 1 where `packed`, in section 0 otherwise."""
    plain = b"".join(files.values())
    blocks = [_block(plain[at : at + _BLOCK]) for at in range(0, len(plain), _BLOCK)]
    stored, lines, at = b"", [], 0
    for name, data in files.items():
        lines.append(_line(b"/" + name.encode(), int(packed), at, len(data)))
        at += len(data)
    starts = [sum(map(len, blocks[:n])) for n in range(len(blocks))]
    table = struct.pack("<IIIIQQQ", 2, len(blocks), 8, 0x28, len(plain),
                        sum(map(len, blocks)), _BLOCK)  # fmt: skip
    inner = {
        b"/#SYSTEM": _system(title),
        **({
            _STORE + b"Content": b"".join(blocks),
            _STORE + b"ControlData": struct.pack("<I4sIIIII", 6, b"LZXC", 2, 1, 2, 1, 0),
            _TABLE: table + struct.pack(f"<{len(starts)}Q", *starts),
        } if packed else {}),
    }  # fmt: skip
    stored = b"" if packed else plain
    lines.append(_line(b"/", 0, 0, 0))
    for name, data in inner.items():
        lines.append(_line(name, 0, len(stored), len(data)))
        stored += data
    listed = b"".join(lines)
    piece = struct.pack("<4sIIii", b"PMGL", _PIECE - 20 - len(listed), 0, -1, -1) + listed
    directory = struct.pack("<4sIIIIIIiIIi", b"ITSP", 1, 0x54, 10, _PIECE, 2, 1, -1, 0, 0, -1)
    directory = directory.ljust(0x54, b"\0") + piece.ljust(_PIECE, b"\0")
    head = struct.pack("<4sIIIII", b"ITSF", 3, 0x60, 1, 0, language).ljust(0x38, b"\0")
    head += struct.pack("<QQQQQ", 0x60, 0x18, 0x78, len(directory), 0x78 + len(directory))
    return head + bytes(0x18) + directory + stored
