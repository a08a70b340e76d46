"""The words of a text, as the search index counts them.

- A Chinese, Japanese or Korean character is a word of its own, so that every substring is found.
- Any other run of letters and digits is one word.
- `TOKEN` is valid for Python's `re` and, with `WORD_PATTERN`, for the index's own tokenizer: both
  must split alike, and a test holds them to it.
"""

import re

# CJK symbols that are letters, kana, Han with extensions, Hangul syllables, compatibility forms.
_SINGLE = (
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7AF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_PYTHON_CLASS = "".join(f"{chr(first)}-{chr(last)}" for first, last in _SINGLE)
_RUST_CLASS = "".join(rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in _SINGLE)

# The index's tokenizer is written in Rust and subtracts character classes with `&&[^…]`.
WORD_PATTERN = rf"[{_RUST_CLASS}]|[\p{{L}}\p{{N}}&&[^{_RUST_CLASS}]]+"
TOKEN = re.compile(rf"[{_PYTHON_CLASS}]|[^\W_{_PYTHON_CLASS}]+")


def words(folded: str) -> list[str]:
    """The words of an already folded text, in order."""
    return TOKEN.findall(folded)
