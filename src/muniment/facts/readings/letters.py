"""Letters that nobody sees: left out of what is read, and a doubt where they change what is shown.

- What is written keeps them. Joiners inside a word stay: Persian and Indian words need them.
- A mark of direction or an empty space beside a letter changes nothing for a reader. A control
  letter (NUL), an override of direction (which shows a number backwards) and the sign that stands
  for a letter that could not be decoded do.
"""

import re

import msgspec

from muniment.facts.readings.reading import Reading
from muniment.facts.statement import Doubt

_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_OVERRIDES = "\u202d\u202e"
_UNSEEN = re.compile(
    rf"[{_CONTROLS}{_OVERRIDES}\u00ad\u200b\u200e\u200f\u202a-\u202c\u2060-\u2064\u2066-\u2069\ufeff]"
)
_TELLING = re.compile(rf"[{_CONTROLS}{_OVERRIDES}]")
_JOINERS = "\u200c\u200d"
_NOT_DECODED = "\ufffd"


def seen(written: str) -> str:
    """The text without the letters that nobody sees."""
    if written.isprintable():
        return written
    return _UNSEEN.sub("", written).strip(_JOINERS)


def with_doubts(reading: Reading, written: str) -> Reading:
    """The reading of `seen(written)`, with what the unseen letters make less sure."""
    if reading.read is None or (written.isprintable() and _NOT_DECODED not in written):
        return reading
    found = [*reading.doubts]
    if _TELLING.search(written) is not None:
        found.append(Doubt.HIDDEN_LETTERS.value)
    if _NOT_DECODED in written:
        found.append(Doubt.LOST_LETTERS.value)
    return msgspec.structs.replace(reading, doubts=tuple(found))
