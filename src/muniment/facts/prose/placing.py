"""The place of some characters of a text."""

from muniment.core import Chars, Element, Place


def narrowed(at: Place, length: int, start: int, end: int) -> Place:
    """The place that code points `start` to `end` of a text of `length` at `at` take up.

    A text that takes up more or less room in its source than it has letters has no place narrower
    than its own.
    """
    match at:
        case Chars() if at.end - at.start == length:
            return Chars(at.start + start, at.start + end, at.section)
        case Element():
            base = 0 if at.chars is None else at.chars[0]
            return Element(at.member, at.path, (base + start, base + end))
        case _:
            return at
