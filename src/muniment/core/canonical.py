"""Canonical JSON (RFC 8785), the bytes that are hashed and signed.

- One value has one spelling: members sorted by UTF-16 code units, no white space, UTF-8.
- Numbers are integers within ±(2^53 - 1); floats are refused, since no record here needs them.
- The fast path is the standard library's C encoder; the tests hold it to the `rfc8785` package.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

_LARGEST = 2**53 - 1
_BMP_END = 0xFFFF


def canonical_json(value: Any) -> bytes:
    """The RFC 8785 bytes of `value` (None, bool, int, str, and mappings and sequences of them).

    Raises:
        ValueError: a float, an integer beyond 2^53 - 1, a lone surrogate, another type, or
            nesting that is too deep.
    """
    try:
        simple = _check(value)
        text = json.dumps(
            value if simple else _ordered(value),
            ensure_ascii=False,
            allow_nan=False,
            separators=(",", ":"),
            sort_keys=simple,
        )
        return text.encode("utf-8")
    except UnicodeEncodeError as why:
        raise ValueError("a lone surrogate has no canonical JSON") from why
    except RecursionError as why:
        raise ValueError("nested too deeply for canonical JSON") from why


def _check(value: Any) -> bool:
    """True where the encoder may take it as it is: plain types, keys that sort alike either way.

    Raises ValueError for what has no canonical form.
    """
    if value is None or isinstance(value, (bool, str)):
        return True
    if isinstance(value, int):
        if abs(value) > _LARGEST:
            raise ValueError(f"{value} is beyond 2^53 - 1: write it as a string")
        return True
    # Every item is visited, also after one that is not simple: each must be of a known type.
    if isinstance(value, Mapping):
        simple = isinstance(value, dict)
        for key, item in value.items():
            simple = _check(item) and _check_key(key) and simple
        return simple
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        simple = isinstance(value, (list, tuple))
        for item in value:
            simple = _check(item) and simple
        return simple
    raise ValueError(f"canonical JSON has no {type(value).__name__}")


def _check_key(key: Any) -> bool:
    if isinstance(key, str):
        return key.isascii() or all(ord(letter) <= _BMP_END for letter in key)
    raise ValueError(f"a member name is a string, not {type(key).__name__}")


def _ordered(value: Any) -> Any:
    """The same value with members in UTF-16 order (RFC 8785 §3.2.3)."""
    if isinstance(value, Mapping):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return {name: _ordered(value[name]) for name in names}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_ordered(item) for item in value]
    return value
