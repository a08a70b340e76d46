"""JUMBF superboxes, the packing of C2PA manifests: their labels, so that their presence is known.

    size u32, "jumb" [ size u32, "jumd", uuid 16, toggles u8, label … 0 ] boxes …

- Nothing is verified here and nothing is believed: a manifest is a statement of the file.

Source: ISO/IEC 19566-5 §A; C2PA Technical Specification, "Manifest store".
"""

from collections.abc import Iterator

from muniment.core import Field, Metadata, Part

_NAME = "C2PA or JUMBF box"
_MOST = 500
_LONGEST_LABEL = 300


def jumbf_labels(data: bytes) -> Iterator[Part]:
    """One Metadata for each labelled superbox, outer ones first."""
    waiting = [(0, len(data))]
    found = 0
    while len(waiting) > 0 and found < _MOST:
        at, end = waiting.pop(0)
        while at + 8 <= end and found < _MOST:
            size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
            if size < 8 or kind != b"jumb":  # noqa: PLR2004 - a box has a header
                if size < 8:  # noqa: PLR2004
                    break
                at += size
                continue
            described = int.from_bytes(data[at + 8 : at + 12], "big")
            found += 1
            label = data[at + 33 : at + 33 + _LONGEST_LABEL].split(b"\0")[0]
            written = f"{label.decode('utf-8', 'replace')} ({size} bytes)"
            yield Metadata(Field(_NAME, found), _NAME, written)
            waiting.append((at + 8 + max(described, 8), min(at + size, end)))
            at += size
