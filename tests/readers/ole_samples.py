"""Property sets and compound files, written out by hand: nothing and nobody is real."""

import struct
from uuid import UUID

from muniment.simulate.compound import compound_file

SUMMARY_SET = UUID("f29f85e0-4ff9-1068-ab91-08002b27b3d9")
DOCUMENT_SET = UUID("d5cdd502-2e9c-101b-9397-08002b2cf9ae")
USER_SET = UUID("d5cdd505-2e9c-101b-9397-08002b2cf9ae")

__all__ = ["compound_file", "file_time", "property_set", "short", "string"]


def string(raw: bytes) -> bytes:
    """A VT_LPSTR."""
    return struct.pack("<II", 0x1E, len(raw) + 1) + raw + b"\0"


def short(number: int) -> bytes:
    """A VT_I2."""
    return struct.pack("<IhH", 2, number, 0)


def file_time(ticks: int) -> bytes:
    """A VT_FILETIME."""
    return struct.pack("<IQ", 0x40, ticks)


def property_set(*sections: tuple[UUID, dict[int, bytes]]) -> bytes:
    """The stream of a property set ([MS-OLEPS] §2.21)."""
    head = struct.pack("<HHI16sI", 0xFFFE, 0, 2, b"", len(sections))
    start = len(head) + 20 * len(sections)
    bodies = b""
    for identifier, values in sections:
        head += identifier.bytes_le + struct.pack("<I", start + len(bodies))
        bodies += _section(values)
    return head + bodies


def _section(values: dict[int, bytes]) -> bytes:
    table, body = b"", b""
    for number, value in values.items():
        table += struct.pack("<II", number, 8 + 8 * len(values) + len(body))
        body += value + b"\0" * (-len(value) % 4)
    return struct.pack("<II", 8 + len(table) + len(body), len(values)) + table + body
