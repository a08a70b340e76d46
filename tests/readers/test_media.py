"""Sound and film: streams are content, properties stand at their fields, covers are files."""

import io
import struct
import wave
from pathlib import Path
from typing import ClassVar

import pytest

from muniment.core import Child, Field, Metadata, Part, Span, State, Tally, TextSpan
from muniment.readers import child_path, open_source
from muniment.readers.media_file import MEDIA_FILE, _chapters, _covers
from muniment.readers.media_signatures import media_by_signature
from muniment.readers.midi_texts import midi_texts
from tests.readers import samples
from tests.readers.contract import ReaderContract, codes, read_bytes


def sound(seconds: float = 0.1) -> bytes:
    """Silence, 8 kHz, one channel, with a title in a RIFF INFO list."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(bytes(int(16_000 * seconds)))
    data = buffer.getvalue()
    title = b"INAM" + struct.pack("<I", 6) + b"title\0"
    info = b"LIST" + struct.pack("<I", 4 + len(title)) + b"INFO" + title
    return data[:4] + struct.pack("<I", len(data) - 8 + len(info)) + data[8:] + info


def mpeg_frames(count: int) -> bytes:
    """Silent MPEG 1 layer III frames of 128 kbit/s at 44.1 kHz: 417 bytes each."""
    return (b"\xff\xfb\x90\x64" + bytes(413)) * count


def tagged(*frames: tuple[bytes, bytes]) -> bytes:
    """An ID3v2.3 tag (id3.org, §3) before sound."""
    body = b"".join(k + struct.pack(">IH", len(v), 0) + v for k, v in frames)
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + size + body + mpeg_frames(12)


def song() -> bytes:
    cover = b"\0image/png\0\x03\0" + samples.picture("PNG")
    lyrics = b"\x01eng\xff\xfe\0\0" + "\ufeff词\nsecond".encode("utf-16-le")
    return tagged((b"TIT2", b"\0A title"), (b"USLT", lyrics), (b"APIC", cover))


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", 8 + len(body)) + kind + body


def film() -> bytes:
    """An MP4 of one silent track without samples: enough to have times and a position."""
    created = 3_610_000_000
    mvhd = struct.pack(">IIIII", 0, created, created + 60, 1_000, 5_000) + bytes(80)
    tkhd = struct.pack(">IIIII", 7, created, created, 1, 0) + struct.pack(">I", 5_000) + bytes(60)
    mdhd = struct.pack(">IIIIIHH", 0, created, created, 1_000, 5_000, 0x55C4, 0)
    hdlr = bytes(8) + b"soun" + bytes(13)
    entry = bytes(6) + struct.pack(">H", 1) + bytes(8) + struct.pack(">HHIHH", 1, 16, 0, 8_000, 0)
    stsd = bytes(4) + struct.pack(">I", 1) + box(b"sowt", entry)
    empty = [box(kind, bytes(8)) for kind in (b"stts", b"stsc", b"stco")]
    stbl = box(b"stbl", box(b"stsd", stsd), *empty, box(b"stsz", bytes(12)))
    media = box(b"mdia", box(b"mdhd", mdhd), box(b"hdlr", hdlr), box(b"minf", stbl))
    track = box(b"trak", box(b"tkhd", tkhd), media)
    place = b"+43.8000+087.6000/"
    position = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(place), 0x15C7), place))
    moov = box(b"moov", box(b"mvhd", mvhd), track, position)
    return box(b"ftyp", b"isom\0\0\0\0isom") + moov + box(b"mdat", bytes(16))


def tune() -> bytes:
    events = b"\0\xff\x03\x04name" + b"\0\xff\x05\x02la" + b"\0\x90\x40\x40" + b"\x10\x40\x00"
    track = events + b"\0\xff\x2f\0"
    head = b"MThd" + struct.pack(">IHHH", 6, 0, 1, 96)
    return head + b"MTrk" + struct.pack(">I", len(track)) + track


class TestMediaFile(ReaderContract):
    reader = MEDIA_FILE
    samples: ClassVar = {
        "a wave file": sound(),
        "a song with a cover": song(),
        "a film": film(),
        "a tune": tune(),
        "sound without a container": mpeg_frames(12),
    }


def stated(parts: list[Part], name: str) -> list[str]:
    return [part.written for part in parts if isinstance(part, Metadata) and part.name == name]


def test_streams_are_content(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(sound(), tmp_path)
    assert reading.state is State.READ
    assert [p.announced for p in parts if isinstance(p, Tally) and p.sort == "streams"] == [1]
    assert stated(parts, "General Title") == ["title"]
    assert stated(parts, "Audio SamplingRate") == ["8000"]
    assert stated(parts, "General Duration") == ["0.100"]


def test_a_song_gives_its_words_and_its_cover(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(song(), tmp_path)
    assert stated(parts, "General Title") == ["A title"]
    [words] = [part for part in parts if isinstance(part, TextSpan)]
    assert words.at == Field("General Lyrics")
    assert words.text.split() == ["词", "/", "second"] or words.text.split() == ["词", "second"]
    [cover] = [part for part in parts if isinstance(part, Child)]
    assert Path(child_path(str(scratch), cover.digest)).read_bytes() == samples.picture("PNG")


def test_the_times_of_a_film_are_the_numbers_of_its_boxes(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(film(), tmp_path)
    assert stated(parts, "mvhd created") == ["3610000000 (seconds since 1904-01-01)"]
    assert stated(parts, "mvhd modified") == ["3610000060 (seconds since 1904-01-01)"]
    assert len(stated(parts, "tkhd created")) == len(stated(parts, "mdhd created")) == 1
    assert any("+43.8000+087.6000/" in p.written for p in parts if isinstance(p, Metadata))


def test_a_tune_gives_its_title_and_words(tmp_path: Path) -> None:
    (tmp_path / "tune").write_bytes(tune())
    with open_source(str(tmp_path / "tune")) as source:
        assert list(midi_texts(source)) == [
            TextSpan(Field("MIDI track name"), "name"),
            TextSpan(Field("MIDI lyric"), "la"),
        ]


def test_chapters_stand_at_their_times() -> None:
    [part] = _chapters({"@type": "Menu", "extra": {"_00_01_02_500": "The second"}})
    assert (part.at, part.text) == (Span(62.5, 62.5), "The second")  # type: ignore[union-attr]


def test_a_cover_that_is_no_picture_is_none() -> None:
    assert list(_covers({"Cover_Data": "@@@ / AAAA / 12"})) == []


def test_what_has_no_stream_is_unreadable(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(b"OggS" + b"nothing at all" * 9, tmp_path)
    assert reading.state is State.UNREADABLE
    assert codes(parts) == ["unreadable"]


KINDS = {
    "MPEG frames": (mpeg_frames(3), "audio/mpeg"),
    "one frame that nothing follows": (b"\xff\xfb\x90\x64" + b"text" * 300, None),
    "ADTS": ((b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(9)) * 3, "audio/aac"),
    "UTF-16 with its mark": ("名单".encode("utf-16"), None),
    "Matroska": (b"\x1aE\xdf\xa3\x93\x42\x82\x88matroska", "video/x-matroska"),
    "WebM": (b"\x1aE\xdf\xa3\x93\x42\x82\x84webm", "video/webm"),
    "HEIC by a compatible brand": (box(b"ftyp", b"mif1\0\0\0\0mif1heic"), "image/heic"),
    "3GP": (box(b"ftyp", b"3gp4\0\0\0\0"), "video/3gpp"),
    "QuickTime without a brand": (box(b"moov", bytes(8)), "video/quicktime"),
    "a transport stream": ((b"G" + bytes(187)) * 4, "video/mp2t"),
    "AIFF": (b"FORM\0\0\0\x04AIFF", "audio/x-aiff"),
    "a pixmap": (b"P6 # made\n8 6\n255\n", "image/x-portable-anymap"),
    "prose that begins as one": (b"P1 is the first page", None),
    "prose that begins as a bitmap array": (b"BAND OF BROTHERS and so on", None),
    "nothing": (b"", None),
}


@pytest.mark.parametrize("sort", KINDS)
def test_first_bytes_name_the_kind(sort: str) -> None:
    data, expected = KINDS[sort]
    assert media_by_signature(data) == expected
