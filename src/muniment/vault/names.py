"""A reading of a raw file name, for people; the bytes themselves are what is kept.

- UTF-8 that decodes is measured; anything else is inferred, and said to be.
- The reading always leads back to nothing: it is never used to open or to compare files.
"""

import msgspec

from muniment.core import Basis

# In the order tried. GB18030 decodes most byte strings, so it comes after what fails more often.
_GUESSES = ("gb18030", "cp1251", "latin-1")


class NameReading(msgspec.Struct, frozen=True):
    """A name as text, the encoding it was read in, and whether that was measured or inferred."""

    text: str
    encoding: str
    basis: Basis


def guess_name(raw: bytes) -> NameReading:
    """`raw` read as UTF-8, else as the first legacy encoding that decodes it."""
    try:
        return NameReading(raw.decode("utf-8"), "utf-8", Basis.MEASURED)
    except UnicodeDecodeError:
        pass  # not UTF-8: said in the reading's basis below
    for encoding in _GUESSES[:-1]:
        try:
            return NameReading(raw.decode(encoding), encoding, Basis.INFERRED)
        except UnicodeDecodeError:
            continue
    return NameReading(raw.decode(_GUESSES[-1]), _GUESSES[-1], Basis.INFERRED)


def guess_path(raw: bytes) -> NameReading:
    """A path whose steps are each read for themselves; `encoding` names all that were used."""
    steps = [guess_name(step) for step in raw.split(b"/")]
    used = sorted({step.encoding for step in steps})
    guessed = any(step.basis is Basis.INFERRED for step in steps)
    text = "/".join(step.text for step in steps)
    return NameReading(text, "+".join(used), Basis.INFERRED if guessed else Basis.MEASURED)
