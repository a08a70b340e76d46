"""The whole text of one object, in reading order.

- Everything that can be read is in it: prose, table rows, names of sheets, the headers of an
  e-mail, where links lead and who wrote a note; struck-out and hidden text too, for it stands in
  the file.
- A table row is one line, its cells separated by tabs.
"""

from collections.abc import Iterable, Iterator

from muniment.catalog.passages import passages
from muniment.core import Cell, Metadata, Part, TextSpan

# Types whose properties a person reads as text: headers, appointments, cards, titles of recordings.
_HEADED = ("message/", "text/calendar", "text/vcard", "text/x-vcalendar", "audio/", "video/")
# Properties that stand beside the text itself.
_READ = ("sheet", "link", "annotation author", "annotation subject")


def full_text(parts: Iterable[Part], media_type: str) -> Iterator[str]:
    """Lines of text, each with its newline."""
    headed = media_type.startswith(_HEADED)
    readable = (part for part in parts if _is_readable(part, headed=headed))
    for passage in passages(readable):
        yield passage.text + "\n"


def _is_readable(part: Part, *, headed: bool) -> bool:
    match part:
        case TextSpan() | Cell():
            return True
        case Metadata():
            return headed or part.name in _READ
        case _:
            return False
