"""Parts as bytes: msgpack arrays, the same spelling wherever they are written.

- `encode(parts)` is the encodings of the parts one after the other: how parts are batched leaves
  no trace in it, so its SHA-256 names the parts alone.
- Text is Unicode scalar values: a lone surrogate from a broken source becomes U+FFFD here, so no
  stored part holds what UTF-8 cannot carry.
"""

from collections.abc import Sequence

import msgspec

from muniment.core import Part

_encoder = msgspec.msgpack.Encoder()
_SHORT_ARRAY = 16  # msgpack: fixarray below 16 items, array 16 below 65,536, array 32 above
_MEDIUM_ARRAY = 1 << 16


def encode(parts: Sequence[Part]) -> bytes:
    """The encodings of `parts`, one after the other.

    Raises:
        UnicodeEncodeError: a text holds a lone surrogate; see `without_surrogates`.
    """
    return _encoder.encode(parts)[array_header(len(parts)) :]


def array_header(count: int) -> int:
    """How many bytes msgpack puts before the items of an array of `count`."""
    if count < _SHORT_ARRAY:
        return 1
    return 3 if count < _MEDIUM_ARRAY else 5


def without_surrogates(part: Part) -> Part:
    """The same part with U+FFFD for every lone surrogate."""
    plain = msgspec.to_builtins(part, builtin_types=(bytes,))
    cleaned: Part = msgspec.convert(_scalars(plain), Part)
    return cleaned


def _scalars(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, (list, tuple)):
        return [_scalars(item) for item in value]
    if isinstance(value, dict):
        return {key: _scalars(item) for key, item in value.items()}
    return value
