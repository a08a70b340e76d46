"""What an object states of itself, a window at a time."""

import msgspec

from muniment.catalog.outline import Document
from muniment.core import Citation, Digest, Metadata, Place

_LONGEST = 2_000  # code points shown of one value
_ENTRIES = 500  # among which the orientation is looked for
_ORIENTATION = "Image Orientation"
_TURNED = ("image/jpeg", "image/png", "image/webp")
_TURNS = {  # the words of Exif 2.3, tag 274, as the picture reader writes them
    "Horizontal (normal)": 1,
    "Mirrored horizontal": 2,
    "Rotated 180": 3,
    "Mirrored vertical": 4,
    "Mirrored horizontal then rotated 90 CCW": 5,
    "Rotated 90 CW": 6,
    "Mirrored horizontal then rotated 90 CW": 7,
    "Rotated 90 CCW": 8,
}


class Property(msgspec.Struct, frozen=True):
    """A property as written (cut to what a table can hold), and its citation."""

    name: str
    written: str
    at: str
    whole: bool
    cited: bool


def properties(
    document: Document, first: int, most: int, place: Place | None = None
) -> tuple[Property, ...]:
    """`most` properties from number `first` on, in the order in which they were found."""
    found: list[Property] = []
    seen = 0
    for run in document.outline.runs:
        if run.kind != "metadata":
            continue
        skipped = max(0, first - seen)
        seen += run.count
        if skipped >= run.count:
            continue
        count = min(run.count - skipped, most - len(found))
        parts = document.parts(run.first + skipped, count)
        found.extend(
            _property(part, document.digest, place) for part in parts if isinstance(part, Metadata)
        )
        if len(found) >= most:
            break
    return tuple(found)


def property_number(document: Document, place: Place) -> int:
    """The number among the properties of the one that stands at `place`; 0 where none does."""
    number = document.find(place)
    if number is None:
        return 0
    before = 0
    for run in document.outline.runs:
        if run.kind == "metadata":
            before += max(0, min(run.count, number - run.first))
    return before


def _property(part: Metadata, digest: Digest, place: Place | None) -> Property:
    return Property(
        name=part.name,
        written=part.written[:_LONGEST],
        at=str(Citation(digest, part.at)),
        whole=len(part.written) <= _LONGEST,
        cited=part.at == place,
    )


def orientation_of(document: Document) -> int:
    """How a photograph is to be turned to be looked at, 1 to 8; 1 where it is to be left as it is.

    A HEIC and a TIFF come turned already, whatever their EXIF entry says.
    """
    if document.media_type not in _TURNED:
        return 1
    stated = (each for each in properties(document, 0, _ENTRIES) if each.name == _ORIENTATION)
    return next((_TURNS.get(each.written, 1) for each in stated), 1)
