"""Safe steps through the objects of a PDF: text, entries, trees; all bounded.

- Nothing here believes a type: what is not what the standard says it is counts as missing.

Source: ISO 32000-1 §7.9.2 (strings), §7.9.6 (name trees), §12.3.3 (outlines).
"""

from collections.abc import Iterator

import pikepdf

LONGEST_VALUE = 1 << 16
MOST = 20_000  # things of one sort that are looked at
_DEEPEST = 64


def text_in(found: object) -> str:
    """What a string, a name or a number says; empty for anything else."""
    match found:
        case pikepdf.String() | str():
            return str(found)[:LONGEST_VALUE]
        case pikepdf.Name():
            return str(found).removeprefix("/")[:LONGEST_VALUE]
        case bool():
            return "true" if found else "false"
        case pikepdf.Array() | pikepdf.Dictionary() | pikepdf.Stream() | None:
            return ""
        case _:
            return str(found)[:LONGEST_VALUE]


def long_text_in(found: object) -> str:
    """What a string or a stream of text says."""
    if isinstance(found, pikepdf.Stream):
        data = stream_of(found)[:LONGEST_VALUE]
        return data.decode(
            "utf-16" if data[:2] in (b"\xfe\xff", b"\xff\xfe") else "utf-8", "replace"
        )
    return text_in(found)


def stream_of(stream: pikepdf.Stream) -> bytes:
    """The decoded bytes of a stream; its stored bytes where no decoder is known.

    Raises:
        pikepdf.PdfError: it is damaged.
    """
    try:
        return stream.read_bytes(decode_level=pikepdf.StreamDecodeLevel.specialized)
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def entry(holder: object, key: str) -> object:
    """An entry of a dictionary or a stream; None where there is none."""
    if isinstance(holder, pikepdf.Dictionary | pikepdf.Stream):
        return holder.get(key)
    return None


def items(found: object) -> list[object]:
    """The members of an array, as many as are looked at; empty for anything else."""
    if not isinstance(found, pikepdf.Array):
        return []
    return [found[index] for index in range(min(len(found), MOST))]


def numbers(found: object, count: int) -> tuple[float, ...] | None:
    """So many numbers of an array; None where they are not there."""
    members = items(found)
    if len(members) < count:
        return None
    try:
        return tuple(float(member) for member in members[:count])  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None


def identity(found: object) -> tuple[int, int] | None:
    """Object and generation number; None for what stands inside another object."""
    if isinstance(found, pikepdf.Object) and found.is_indirect:
        return found.objgen
    return None


def named(root: object, kind: str) -> Iterator[tuple[str, bytes, object]]:
    """Name, its bytes, and value of each entry of a name tree, in the tree's order."""
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[object, int]] = [(root, 0)]
    found = 0
    while len(waiting) > 0:
        node, depth = waiting.pop()
        mark = identity(node)
        if depth > _DEEPEST or (mark is not None and mark in seen):
            continue
        if mark is not None:
            seen.add(mark)
        pairs = items(entry(node, kind))
        for key, value in zip(pairs[::2], pairs[1::2], strict=False):
            found += 1
            if found > MOST:
                return
            raw = bytes(key) if isinstance(key, pikepdf.String) else b""
            yield text_in(key), raw, value
        waiting.extend((kid, depth + 1) for kid in reversed(items(entry(node, "/Kids"))))
