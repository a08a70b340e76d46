"""An ICC profile: what it is called, who made it and when, as written.

- Only the header's date and the texts are stated; curves and matrices are bytes of the file.

Source: ICC.1:2022 §7.2 (header), §10.15 (multiLocalizedUnicodeType); ICC.1:2001-04 §6.5.17
(textDescriptionType).
"""

import struct
from collections.abc import Iterator

from muniment.core import Field, Metadata, Part

_TEXTS = {
    b"desc": "ICC description",
    b"cprt": "ICC copyright",
    b"dmnd": "ICC device maker",
    b"dmdd": "ICC device model",
}
_MOST_TAGS = 200


def icc_parts(profile: bytes) -> Iterator[Part]:
    """The date of creation and the profile's own words; nothing where it is no profile."""
    if len(profile) < 132 or profile[36:40] != b"acsp":  # noqa: PLR2004 - header and count
        return
    year, *rest = struct.unpack_from(">6H", profile, 24)
    if year != 0:
        month, day, hour, minute, second = rest
        written = f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
        yield Metadata(Field("ICC created"), "ICC created", written)
    count = min(struct.unpack_from(">I", profile, 128)[0], _MOST_TAGS)
    for at in range(132, min(132 + 12 * count, len(profile) - 11), 12):
        signature, offset, size = struct.unpack_from(">4sII", profile, at)
        name = _TEXTS.get(signature)
        text = "" if name is None else _text(profile[offset : offset + size])
        if name is not None and text != "":
            yield Metadata(Field(name), name, text)


def _text(tag: bytes) -> str:
    """The first wording of a text tag; empty where it is of no kind known here."""
    kind = tag[:4]
    if kind == b"text":
        return tag[8:].split(b"\0")[0].decode("ascii", "replace")
    if kind == b"desc" and len(tag) > 12:  # noqa: PLR2004 - the count before the text
        length = struct.unpack_from(">I", tag, 8)[0]
        return tag[12 : 12 + length].split(b"\0")[0].decode("ascii", "replace")
    if kind == b"mluc" and len(tag) >= 28:  # noqa: PLR2004 - header and one record
        length, offset = struct.unpack_from(">II", tag, 20)
        return tag[offset : offset + length].decode("utf-16-be", "replace").rstrip("\0")
    return ""
