"""First bytes of pictures, sound and film, and of the boxes and chunks that carry them.

    ISO base media   size u32, "ftyp", brand          mp4, mov, m4a, 3gp, heic, avif, jp2, jxl
    RIFF, IFF        "RIFF"|"FORM", size u32, kind    avi, wav, webp; aiff
    EBML             1a 45 df a3, …, DocType          mkv, webm
    MPEG audio       frames that follow each other    mp3, aac, ac3

Sources: ISO/IEC 14496-12 §4.3; RFC 8794; ISO/IEC 11172-3 §2.4.1.3; ETSI TS 102 366 §4.3.1.
"""

from muniment.readers.starts import Entry, Starts

_STARTS: tuple[Entry, ...] = (
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", "image/jp2"),
    (0, b"\xff\x4f\xff\x51", "image/x-jp2-codestream"),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", "image/jxl"),
    (0, b"\xff\x0a", "image/jxl"),
    (0, b"\x97JB2\r\n\x1a\n", "image/x-jbig2"),
    (0, b"BPG\xfb", "image/bpg"),
    (0, b"icns", "image/x-icns"),
    (0, b"\0\0\x01\0", "image/vnd.microsoft.icon"),
    (0, b"\0\0\x02\0", "image/vnd.microsoft.icon"),
    (0, b"\xb1\x68\xde\x3a", "image/x-dcx"),
    (0, b"\x0a\x05\x01\x08", "image/x-pcx"),
    (0, b"\x0a\x05\x01\x01", "image/x-pcx"),
    (0, b"\x0a\x03\x01\x08", "image/x-pcx"),
    (0, b"\x0a\x03\x01\x01", "image/x-pcx"),
    (0, b"\x0a\x02\x01", "image/x-pcx"),
    (0, b"DDS \x7c\0\0\0", "image/x-dds"),
    (0, b"qoif", "image/x-qoi"),
    (0, b"FUJIFILMCCD-RAW ", "image/x-fuji-raf"),
    (0, b"IIRO\x08", "image/tiff"),  # Olympus raw: a TIFF by another number
    (0, b"IIRS\x08", "image/tiff"),
    (0, b"IIU\0", "image/tiff"),  # Panasonic raw
    (0, b"BA", "image/x-os2-graphics"),
    (0, b"\xd7\xcd\xc6\x9a", "image/wmf"),
    (0, b"\x01\0\x09\0\0\x03", "image/wmf"),
    (40, b" EMF", "image/emf"),
    (522, b"\0\x11\x02\xff\x0c\0", "image/x-pict"),
    (0, b".snd", "audio/basic"),
    (0, b"MThd\0\0\0\x06", "audio/midi"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"MAC ", "audio/x-ape"),
    (0, b"wvpk", "audio/x-wavpack"),
    (0, b"caff\0\x01", "audio/x-caf"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b".RMF", "application/vnd.rn-realmedia"),
    (0, b"\0\0\x01\xba", "video/mpeg"),
    (0, b"\0\0\x01\xb3", "video/mpeg"),
)
_PNM = b"123456"
_BRANDS: dict[bytes, str] = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"), "image/heic"),
    **dict.fromkeys((b"mif1", b"msf1"), "image/heif"),
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
    b"crx ": "image/x-canon-cr3",
    b"qt  ": "video/quicktime",
    **dict.fromkeys((b"M4A ", b"M4B ", b"M4P "), "audio/mp4"),
}
_BOXES_OF_OLD_FILMS = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_TS_PACKET = 188
_M2TS_PACKET = 192
_SYNC = 0x47
_SYNCS = 4
_DOCTYPE_WITHIN = 64
_TGA_FOOTER = b"TRUEVISION-XFILE.\0"


def media_by_signature(head: bytes) -> str | None:
    """The type that the first bytes (up to 64 KiB) name; None where they name none."""
    if not _TABLE.may_say(head):
        return None
    found = _TABLE.type_of(head)
    return found or _boxes(head) or _chunks(head) or _ebml(head) or _frames(head) or _packets(head)


def media_by_ending(tail: bytes) -> str | None:
    """The type that the last bytes name: a Targa picture of the second version."""
    return "image/x-tga" if tail.endswith(_TGA_FOOTER) else None


def _is_plausible(media_type: str, head: bytes) -> bool:
    if media_type == "image/vnd.microsoft.icon":
        # A few pictures, the first of which has its reserved byte at zero and lies within reach.
        count, reserved = int.from_bytes(head[4:6], "little"), head[9:10]
        return 0 < count < 256 and reserved == b"\0" and head[18:22] != b"\0\0\0\0"  # noqa: PLR2004 - more than a program has
    if media_type == "image/x-os2-graphics":
        return head[14:16] in (b"BM", b"CI", b"IC", b"CP", b"PT")
    if media_type == "image/emf":
        return head[:4] == b"\x01\0\0\0"
    return True


# Where boxes, chunks, EBML, frames and packets begin, each as its function below asks first.
_BESIDE = b"|".join(
    (
        b"....(?:ftyp|%b)" % b"|".join(_BOXES_OF_OLD_FILMS),
        *(b"FORM", b"P[%b]" % _PNM, b"\x1aE\xdf\xa3", b"\x0b\x77", b"\xff[\xe0-\xff]"),
        b"(?:....)?%c" % _SYNC,
    )
)
_TABLE = Starts(_STARTS, _is_plausible, _BESIDE)


def _boxes(head: bytes) -> str | None:
    kind = head[4:8]
    if kind == b"ftyp":
        return _brand(head)
    size = int.from_bytes(head[:4], "big")
    return "video/quicktime" if kind in _BOXES_OF_OLD_FILMS and size != 0 else None


def _brand(head: bytes) -> str:
    """By the major brand; where that is a general one, by a compatible one that says more."""
    size = min(int.from_bytes(head[:4], "big"), 256)
    compatible = [head[at : at + 4] for at in range(16, size - 3, 4)]
    major = _BRANDS.get(head[8:12])
    if major == "image/heif":
        more = (_BRANDS.get(brand) for brand in compatible)
        return next((kind for kind in more if kind in ("image/heic", "image/avif")), major)
    if major is None and head[8:10] == b"3g":
        return "video/3gpp"
    return major or "video/mp4"


def _chunks(head: bytes) -> str | None:
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "audio/x-aiff"
    if head[:1] == b"P" and head[1:2] in [bytes((digit,)) for digit in _PNM]:
        return "image/x-portable-anymap" if _is_anymap(head) else None
    return None


def _is_anymap(head: bytes) -> bool:
    """`P6`, white space, then only digits and comments up to the size (netpbm's formats)."""
    fields = b" ".join(line.partition(b"#")[0] for line in head[2:400].splitlines()[:9]).split()
    return head[2:3].isspace() and len(fields) > 1 and fields[0].isdigit() and fields[1].isdigit()


def _ebml(head: bytes) -> str | None:
    if not head.startswith(b"\x1aE\xdf\xa3"):
        return None
    return "video/webm" if b"webm" in head[:_DOCTYPE_WITHIN] else "video/x-matroska"


def _frames(head: bytes) -> str | None:
    """Sound without a container: the next frame begins where the first says it ends."""
    if head[:2] == b"\x0b\x77" and len(head) > 5 and head[5] >> 3 <= 16:  # noqa: PLR2004 - bsid
        return "audio/ac3"
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:  # noqa: PLR2004 - the sync word
        return None
    if head[1] & 0xF6 == 0xF0:  # noqa: PLR2004 - ADTS: layer 0
        length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
        return "audio/aac" if length > 7 and _goes_on(head, length) else None  # noqa: PLR2004 - its header
    length = _layer_3_length(head)
    return "audio/mpeg" if length > 0 and _goes_on(head, length) else None


def _goes_on(head: bytes, length: int) -> bool:
    """Whether another frame's sync word follows, as far as can be seen."""
    return len(head) <= length + 1 or head[length : length + 2] >= b"\xff\xe0"


def _layer_3_length(head: bytes) -> int:
    """The length of an MPEG layer III frame in bytes; 0 where the header is none (§2.4.2.3)."""
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate_at, sample_at, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version == 1 or layer != 1 or not 0 < rate_at < 15 or sample_at == 3:  # noqa: PLR2004 - reserved
        return 0
    first = version == 3  # noqa: PLR2004 - MPEG 1
    rates = (
        (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
        if first
        else (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
    )
    sample = (44_100, 48_000, 32_000)[sample_at] >> (0 if first else 1 if version == 2 else 2)  # noqa: PLR2004 - MPEG 2
    return (144 if first else 72) * rates[rate_at - 1] * 1000 // sample + padding


def _packets(head: bytes) -> str | None:
    """A transport stream: the sync byte again and again (ISO/IEC 13818-1 §2.4.3.2)."""
    for first, step in ((0, _TS_PACKET), (4, _M2TS_PACKET)):
        syncs = head[first : first + _SYNCS * step : step]
        if len(syncs) == _SYNCS and set(syncs) == {_SYNC}:
            return "video/mp2t"
    return None
