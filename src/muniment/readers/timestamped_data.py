"""Time-stamped data (.tsd): a file, and the stamps of others that say since when it is there.

    ContentInfo  id-aa-timestampedData, [0]:
        version, data URI, meta data (name, media type), content, evidence
    evidence     [0] time-stamp tokens with revocation lists, [1] evidence records, [2] others

- The file is child 0, byte for byte; each token is a child of its own, and so is other evidence.
- The times that tokens state are given as written. Nothing is said of whether they hold.

Source: RFC 5544 §2; RFC 3161 §2.4.2 (TSTInfo).
"""

from collections.abc import Iterator

from muniment.core import Field, Member, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.der_elements import OCTETS, SEQUENCE, Element, element_at, octets_of, oid_of
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

_LARGEST = 1 << 29
_TEXT, _NAME, _TIME = 0x16, 0x0C, 0x18  # IA5String, UTF8String, GeneralizedTime
_STAMPS = 0xA0
_STAMP_INFO = "1.2.840.113549.1.9.16.1.4"
_MOST_EVIDENCE = 10_000


def read_timestamped(source: Source, context: Context) -> Iterator[Part]:
    """The file, what is stated of it, and the evidence.

    Raises:
        UnreadableError: its ASN.1 is damaged.
    """
    if source.size > _LARGEST:
        raise RefusedError(f"an object of more than {_LARGEST} bytes")
    try:
        fields = element_at(source.read_all()).children()[1].children()[0].children()
        yield from _parts(context, fields)
    except (ValueError, IndexError) as why:
        raise UnreadableError("its ASN.1 is damaged") from why


def _parts(context: Context, fields: list[Element]) -> Iterator[Part]:
    content = next((field for field in fields if field.tag & ~0x20 == OCTETS), None)
    evidence = _evidence(fields[-1])
    yield Tally(Whole(), "members", (content is not None) + len(evidence))
    name, media_type = _said_of(fields)
    for of, written in (("data", _uri(fields)), ("name", name), ("media type", media_type)):
        if written != "":
            yield Metadata(Field(of), of, written)
    for number, item in enumerate(evidence, start=1):
        for time in _times(item):
            yield Metadata(Field("time stamp", number), "time stamp", time)
    if content is None:
        yield Problem(Whole(), "attachment-elsewhere", "the stamped file is not in it")
    else:
        raw = name.encode()
        entry = Entry(Member(0), 0, Relation.EMBEDDED, raw, name, (("what", "stamped file"),))
        yield child_or_problem(context.children, entry, octets_of(content))
    for number, item in enumerate(evidence, start=1):
        entry = Entry(Member(number), number, Relation.EMBEDDED, b"", "", (("what", "evidence"),))
        yield child_or_problem(context.children, entry, (item.whole,))


def _uri(fields: list[Element]) -> str:
    return next((_text(field) for field in fields if field.tag == _TEXT), "")


def _said_of(fields: list[Element]) -> tuple[str, str]:
    """The name and the media type that the meta data state."""
    stated = next((field for field in fields[:-1] if field.tag == SEQUENCE), None)
    items = [] if stated is None else stated.children()
    name = next((_text(item) for item in items if item.tag == _NAME), "")
    return name, next((_text(item) for item in items if item.tag == _TEXT), "")


def _text(element: Element) -> str:
    return element.value.decode("utf-8", "replace")


def _evidence(field: Element) -> list[Element]:
    """Tokens without the lists beside them; of other sorts, the evidence as a whole."""
    if field.tag & 0xE0 != _STAMPS:
        return []
    if field.tag != _STAMPS:
        return field.children()
    stamps = field.children()[:_MOST_EVIDENCE]
    # RFC 5544 tags the sequence implicitly; some writers put it in as an element of its own.
    if len(stamps) == 1 and stamps[0].children()[0].children()[0].tag == SEQUENCE:
        stamps = stamps[0].children()[:_MOST_EVIDENCE]
    return [stamp.children()[0] for stamp in stamps]


def _times(token: Element) -> Iterator[str]:
    """The times in a token: of its TSTInfo, the one generalized time."""
    try:
        signed = token.children()[1].children()[0].children()
        held = next(item.children() for item in signed if item.tag == SEQUENCE)
        if oid_of(held[0]) == _STAMP_INFO:
            octets = b"".join(octets_of(held[1].children()[0]))
            for item in element_at(octets).children():
                if item.tag == _TIME:
                    yield _text(item)
    except (ValueError, IndexError, StopIteration):
        return  # the token itself comes out as a child, and says what is wrong with it


TIMESTAMPED_DATA = Reader(
    name="time-stamped",
    version=1,
    media_types=("application/timestamped-data",),
    read=read_timestamped,
)
