"""How much one object may cost to read.

- A limit that is reached ends that object, or that member, with a recorded reason; never the work.
- Limits bound what really comes out, never what a file announces.
"""

import msgspec

_MIB = 1 << 20
_GIB = 1 << 30


class Limits(msgspec.Struct, frozen=True):
    """The limits of one reading; equal limits and equal bytes give equal parts."""

    time_s: float = 300.0  # wall time, and CPU time, of the reading process
    memory_bytes: int = 2 * _GIB  # address space on top of what the worker has already mapped
    output_bytes: int = _GIB  # encoded parts
    children: int = 200_000
    child_bytes: int = 16 * _GIB  # all children of one object together, as written to disk
    # Deflate cannot pass 1032:1 (RFC 1951 §3.2.5: 258 bytes from 2 bits); above it lies a bomb.
    ratio: int = 1_100
    ratio_from_bytes: int = 16 * _MIB  # a member smaller than this is never called a bomb
    pages: int = 50_000
    pixels: int = 400_000_000
    cells: int = 20_000_000
    depth: int = 24  # containers inside containers


DEFAULT_LIMITS = Limits()
