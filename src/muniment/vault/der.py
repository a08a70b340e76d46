"""The few pieces of DER (ITU-T X.690) that keys and time stamps are written in.

- Values are written in one way and read in that way only: definite lengths in their shortest form,
  tags of one byte.
- Reading never looks beyond the bytes it was given and raises nothing but ValueError.
"""

BOOLEAN = 0x01
INTEGER = 0x02
OCTETS = 0x04
NULL = 0x05
OID = 0x06
TIME = 0x18  # GeneralizedTime
SEQUENCE = 0x30
SET = 0x31
EXPLICIT_0 = 0xA0

_LONG_FORM = 0x80
_HIGH_TAG = 0x1F
_LENGTH_BYTES = 4  # a value of 4 GiB is longer than anything read here


def encode(tag: int, *contents: bytes) -> bytes:
    """One value: its tag, its length, and `contents` end to end."""
    content = b"".join(contents)
    size = len(content)
    if size < _LONG_FORM:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, _LONG_FORM | len(length)]) + length + content


def encode_integer(number: int) -> bytes:
    """An INTEGER that is not negative."""
    return encode(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def encode_oid(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER, given as dotted decimals."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    return encode(OID, b"".join(_base_128(arc) for arc in (40 * first + second, *rest)))


def read(data: bytes, tag: int) -> tuple[bytes, bytes]:
    """The content of the value that `data` begins with, and what follows the value.

    Raises:
        ValueError: `data` does not begin with a value of that tag in DER.
    """
    found, content, rest = _read_any(data)
    if found != tag:
        raise ValueError(f"DER tag {found:#04x} where {tag:#04x} belongs")
    return content, rest


def read_integer(data: bytes) -> tuple[int, bytes]:
    """The INTEGER that `data` begins with, and what follows it.

    Raises:
        ValueError: `data` does not begin with an INTEGER in DER.
    """
    content, rest = read(data, INTEGER)
    number = int.from_bytes(content, "big", signed=True)
    if content != number.to_bytes(
        (number + (number < 0)).bit_length() // 8 + 1, "big", signed=True
    ):
        raise ValueError("a DER integer in more bytes than it needs")
    return number, rest


def _read_any(data: bytes) -> tuple[int, bytes, bytes]:
    if len(data) < 2:  # noqa: PLR2004 a tag and a length
        raise ValueError("DER ends within a value")
    tag, size, start = data[0], data[1], 2
    if tag & _HIGH_TAG == _HIGH_TAG:
        raise ValueError("a DER tag of more than one byte")
    if size >= _LONG_FORM:
        start = 2 + size - _LONG_FORM
        length = data[2:start]
        size = int.from_bytes(length, "big")
        if not 0 < len(length) <= _LENGTH_BYTES or length[0] == 0 or size < _LONG_FORM:
            raise ValueError("a DER length that is not in its shortest form")
    if start + size > len(data):
        raise ValueError("DER ends within a value")
    return tag, data[start : start + size], data[start + size :]


def _base_128(arc: int) -> bytes:
    septets = [arc & 0x7F]
    while arc > 0x7F:  # noqa: PLR2004 seven bits a byte, X.690 §8.19.2
        arc >>= 7
        septets.append(0x80 | (arc & 0x7F))
    return bytes(reversed(septets))
