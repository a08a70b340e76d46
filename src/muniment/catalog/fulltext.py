"""The whole text of one object, in reading order.

- Everything that can be read is in it: prose, table rows, names of sheets, the headers of an
  e-mail, where links lead and who wrote a note; struck-out and hidden text too, for it stands in
  the file.
- What a person wrote about the file stands in it too, each wording once: its title, keywords, a
  picture's caption, who made it (`written_properties`). Other properties are in the index alone.
- A table row is one line, its cells separated by tabs.
"""

from collections.abc import Iterable, Iterator

from muniment.catalog.passages import passages
from muniment.catalog.written_properties import is_written_for_people
from muniment.core import Cell, Metadata, Part, TextSpan

# Types whose properties a person reads as text: headers, appointments, cards, titles of recordings.
_HEADED = ("message/", "text/calendar", "text/vcard", "text/x-vcalendar", "audio/", "video/")
# Properties that stand beside the text itself.
_READ = ("sheet", "link", "annotation author", "annotation subject")
_MOST_REMEMBERED = 10_000


def full_text(
    parts: Iterable[Part], media_type: str, *, with_properties: bool = True
) -> Iterator[str]:
    """Lines of text, each with its newline; without what is written about the file, if so asked."""
    headed = media_type.startswith(_HEADED)
    readable = (part for part in parts if _is_readable(part, headed=headed))
    chosen = _with_properties(parts, headed=headed) if with_properties else readable
    for passage in passages(chosen):
        yield passage.text + "\n"


def _with_properties(parts: Iterable[Part], *, headed: bool) -> Iterator[Part]:
    """What is read, and each wording that a person wrote about the file, where it first stands."""
    said: set[str] = set()
    for part in parts:
        if _is_readable(part, headed=headed):
            yield part
        elif isinstance(part, Metadata) and is_written_for_people(part.name):
            written = part.written.strip()
            if written not in said and written != "":
                yield part
            if len(said) < _MOST_REMEMBERED:
                said.add(written)


def _is_readable(part: Part, *, headed: bool) -> bool:
    match part:
        case TextSpan() | Cell():
            return True
        case Metadata():
            return headed or part.name in _READ
        case _:
            return False
