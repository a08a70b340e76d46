"""Sound and film: their streams, what they state of themselves, covers, lyrics and chapters.

- MediaInfo reads the bytes by position, in this process; nothing is played or transcribed.
- The streams are what such a file holds: their Tally counts as content (decision 0059).
- Every property stands at the field of its stream: `General Title`, `Audio Format`, and for the
  second of a kind `field=Audio Format,2`.
- Times are as MediaInfo prints them; the numbers in an MP4's own boxes stand beside them, for
  cameras are free with what zone they mean (`film_times.py`).
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from typing import Any

from muniment.core import (
    Field,
    Metadata,
    Part,
    Problem,
    Relation,
    Role,
    Span,
    Tally,
    TextSpan,
    Whole,
)
from muniment.readers.embedded import Embedded, embedded_parts
from muniment.readers.film_times import film_times
from muniment.readers.midi_texts import midi_texts
from muniment.readers.reader import Context, Reader
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source

_BOXED = ("video/mp4", "audio/mp4", "video/quicktime", "video/3gpp")
_TYPES = (
    *_BOXED,
    *("audio/mpeg", "audio/ogg", "audio/flac", "audio/x-wav", "audio/x-aiff", "audio/aac"),
    *("audio/ac3", "audio/amr", "audio/basic", "audio/midi", "audio/x-caf", "audio/x-ape"),
    *("audio/x-wavpack", "video/x-msvideo", "video/x-matroska", "video/webm", "video/x-ms-asf"),
    *("video/x-flv", "video/mpeg", "video/mp2t", "application/vnd.rn-realmedia"),
)
# Spellings of other values, counters of MediaInfo's own, and what the bytes do not state.
_NOT_STATED = re.compile(
    r".*_String\d?$|.*_List$|.*_Url$|.*Count$|@.*|StreamKind.*|FileSize|StreamSize_Proportion"
    r"|Format_(Extensions|Commercial|Info).*|InternetMediaType|Cover_Data|CodecID_Info"
)
_TEXTS = ("Lyrics", "Synopsis", "Description", "LongDescription", "Comment", "Subtitles")
_CHAPTER = re.compile(r"_?(\d\d)[:_](\d\d)[:_](\d\d)[._]?(\d{3})")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"BM")
_PICTURE_WITHIN = 1 << 12  # of a FLAC picture block, behind its description
_LONGEST_VALUE = 1 << 20


def read_media(source: Source, context: Context) -> Iterator[Part]:
    """The properties of the file and its streams, words and pictures beside them."""
    version, tracks = _mediainfo(source)
    if not any("Format" in track for track in tracks):
        raise UnreadableError("no stream could be found")
    yield Metadata(Field("read by"), "read by", f"MediaInfo {version}")
    streams = [track for track in tracks if track["@type"] not in ("General", "Menu")]
    yield Tally(Whole(), "streams", len(streams))
    found: list[Embedded] = []
    seen: dict[str, int] = {}
    for track in tracks:
        if track["@type"] == "Menu":
            yield from _chapters(track)
        else:
            yield from _stated(track["@type"], track, seen)
            found += _covers(track)
    if context.media_type in _BOXED:
        yield from film_times(source)
    if context.media_type == "audio/midi":
        yield from midi_texts(source)
    if any("IsTruncated" in _extra(track) for track in tracks):
        yield Problem(Whole(), "part-damaged", "the recording breaks off before its stated end")
    yield from embedded_parts(found, context.children)


def _mediainfo(source: Source) -> tuple[str, list[dict[str, Any]]]:
    """The library's version, and its tracks, each with a text under `@type`."""
    # A library of 8 MB: only where a recording is read.
    from pymediainfo import MediaInfo  # noqa: PLC0415

    try:
        written = MediaInfo.parse(
            source.stream(), output="JSON", cover_data=True, encoding_errors="replace"
        )
        said: Any = json.loads(written, strict=False)
        tracks = [track for track in said["media"]["track"] if isinstance(track["@type"], str)]
        return str(said["creatingLibrary"]["version"]), tracks
    except MemoryError:
        raise
    # The border to a library that documents no exceptions, on hostile bytes.
    except Exception as why:
        raise UnreadableError(f"MediaInfo cannot read it ({said_of(why)})") from why


def _extra(track: dict[str, Any]) -> dict[str, Any]:
    extra = track.get("extra")
    return extra if isinstance(extra, dict) else {}


def _stated(kind: str, track: dict[str, Any], seen: dict[str, int]) -> Iterator[Part]:
    for name, value in [*track.items(), *_extra(track).items()]:
        if name == "extra" or _NOT_STATED.fullmatch(name) is not None:
            continue
        written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        title = f"{kind} {name}"
        seen[title] = seen.get(title, 0) + 1
        at = Field(title, seen[title])
        yield Metadata(at, title, written[:_LONGEST_VALUE])
        if name in _TEXTS:
            yield TextSpan(at, written[:_LONGEST_VALUE])


def _chapters(menu: dict[str, Any]) -> Iterator[Part]:
    """Each chapter's name at the time at which it begins."""
    for name, value in [*menu.items(), *_extra(menu).items()]:
        match = _CHAPTER.fullmatch(name)
        if match is None or not isinstance(value, str):
            continue
        hours, minutes, seconds, thousandths = map(int, match.groups())
        start = hours * 3600 + minutes * 60 + seconds + thousandths / 1000
        yield TextSpan(Span(start, start), value, Role.TITLE)


def _covers(track: dict[str, Any]) -> Iterator[Embedded]:
    packed = track.get("Cover_Data")
    if not isinstance(packed, str):
        return
    for number, piece in enumerate(packed.split(" / "), 1):
        picture = _picture(piece)
        if picture is not None:
            yield Embedded(Field("cover", number), Relation.EMBEDDED, picture)


def _picture(packed: str) -> bytes | None:
    """The picture itself; Ogg packs it together with its description (FLAC picture block)."""
    try:
        data = base64.b64decode(packed)
    except (binascii.Error, ValueError):
        return None
    starts = [data.find(sign, 0, _PICTURE_WITHIN) for sign in _PICTURES]
    begin = min((start for start in starts if start >= 0), default=-1)
    return data[begin:] if begin >= 0 else None


MEDIA_FILE = Reader(name="media", version=1, media_types=_TYPES, read=read_media)
