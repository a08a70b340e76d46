"""From the parts of a picture's reading to what it states of itself, each value at its place.

- EXIF first; where it says nothing, XMP, which many programs write instead.
- A time has a zone only where the file states one (OffsetTimeOriginal, or XMP's own offset).
- When a picture was *changed* (Image DateTime) is never taken for when it was taken.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec

from muniment.catalog.pictures.coordinates import degrees, metres
from muniment.core import Field, Image, Metadata, Part, Place, Precision, Stamp, Whole

_TIMES = (
    ("EXIF DateTimeOriginal", "EXIF OffsetTimeOriginal"),
    ("EXIF DateTimeDigitized", "EXIF OffsetTimeDigitized"),
    ("XMP exif:DateTimeOriginal", ""),
    ("XMP exif:DateTimeDigitized", ""),
)
_TIME = re.compile(
    r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?(?:\.\d{1,9})?\s*"
    r"(Z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
_ZONE = re.compile(r"([+-])(\d\d):?(\d\d)", re.ASCII)
_LONGEST = 300
_MOST_FRAMES = 100_000


class Said(msgspec.Struct, frozen=True):
    """A value as written and where; empty where the file says nothing."""

    written: str
    at: Place

    @property
    def given(self) -> bool:
        """Whether the file says something."""
        return self.written != ""


class Stated(msgspec.Struct, frozen=True):
    """What a picture states of itself; angles in degrees, the altitude in metres."""

    width: int
    height: int
    frames: int
    make: Said
    model: Said
    taken: Stamp
    taken_at: Place
    zone_at: Place
    latitude: float | None
    longitude: float | None
    latitude_said: Said
    longitude_said: Said
    altitude: float | None
    altitude_said: Said
    orientation: Said

    @property
    def camera(self) -> str:
        """Make and model, the make not twice."""
        make, model = self.make.written, self.model.written
        return model if model.casefold().startswith(make.casefold()) else f"{make} {model}".strip()


Lookup = Callable[..., Said]
_NOTHING = Said("", Whole())


def stated_by(parts: Iterable[Part]) -> Stated:
    """What the parts of one picture say."""
    images: list[Image] = []
    found: dict[str, Said] = {}
    for part in parts:
        match part:
            case Image() if len(images) < _MOST_FRAMES:
                images.append(part)
            case Metadata(at=Field() as place):
                written = part.written.strip().rstrip("\0").strip()[:_LONGEST]
                found.setdefault(part.name, Said(written, place))
            case _:
                continue
    return _stated(images, lambda *names: _first(found, names))


def _first(found: dict[str, Said], names: tuple[str, ...]) -> Said:
    said = (found[name] for name in names if name in found)
    return next((each for each in said if each.given), _NOTHING)


def _stated(images: list[Image], first: Lookup) -> Stated:
    taken, taken_at, zone_at = _taken(first)
    latitude = first("GPS GPSLatitude", "XMP exif:GPSLatitude")
    longitude = first("GPS GPSLongitude", "XMP exif:GPSLongitude")
    sides = (first("GPS GPSLatitudeRef").written, first("GPS GPSLongitudeRef").written)
    north = degrees(latitude.written, sides[0], "N")
    east = degrees(longitude.written, sides[1], "E")
    altitude = first("GPS GPSAltitude", "XMP exif:GPSAltitude")
    below = first("GPS GPSAltitudeRef", "XMP exif:GPSAltitudeRef").written
    whole = north is not None and east is not None
    return Stated(
        width=images[0].width if len(images) > 0 else 0,
        height=images[0].height if len(images) > 0 else 0,
        frames=len(images),
        make=first("Image Make", "XMP tiff:Make"),
        model=first("Image Model", "XMP tiff:Model"),
        taken=taken,
        taken_at=taken_at,
        zone_at=zone_at,
        latitude=north if whole else None,
        longitude=east if whole else None,
        latitude_said=_with_side(latitude, sides[0]),
        longitude_said=_with_side(longitude, sides[1]),
        altitude=metres(altitude.written, below),
        altitude_said=altitude,
        orientation=first("Image Orientation", "XMP tiff:Orientation"),
    )


def _with_side(said: Said, side: str) -> Said:
    return Said(f"{said.written} {side}".strip(), said.at) if said.given else said


def _taken(first: Lookup) -> tuple[Stamp, Place, Place]:
    """When the picture says that it was taken, where that stands, and where its zone does."""
    for name, zone_name in _TIMES:
        said = first(name)
        if said.given:
            zone = first(zone_name) if zone_name != "" else _NOTHING
            stamp = _stamp(said.written, zone.written)
            return stamp, said.at, zone.at if zone.given else said.at
    return Stamp("", None, None, None), Whole(), Whole()


def _stamp(written: str, zone: str) -> Stamp:
    match = _TIME.fullmatch(written)
    if match is None:
        return Stamp(written, None, None, None)
    try:
        moment = datetime(*(int(part or 0) for part in match.groups()[:6]))  # type: ignore[arg-type]  # noqa: DTZ001 - a clock reading; its zone is kept beside it
    except ValueError:
        return Stamp(written, None, None, None)
    precision = Precision.MINUTE if match[6] is None else Precision.SECOND
    return Stamp(written, moment.isoformat(), _offset(match[7] or zone), precision)


def _offset(zone: str) -> int | None:
    if zone.strip() == "Z":
        return 0
    match = _ZONE.fullmatch(zone.strip())
    if match is None or int(match[2]) > 23 or int(match[3]) > 59:  # noqa: PLR2004 - of a clock
        return None
    minutes = int(match[2]) * 60 + int(match[3])
    return -minutes if match[1] == "-" else minutes
