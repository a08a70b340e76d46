"""The whole text of one object, in reading order.

- Everything that can be read is in it: prose, table rows, names of sheets, the headers of an
  e-mail, where links lead and who wrote a note; struck-out and hidden text too, for it stands in
  the file.
- Of a file that holds no text of its own, such as a photograph, it is what a person wrote about the
  file, each wording once: its title, keywords, a caption, who made it (`written_properties`). Of
  other files these properties are in the index alone: they are no part of their text.
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
    """What is read; where that is nothing, each wording that a person wrote about the file."""
    said: dict[str, Metadata] = {}
    has_text = False
    for part in parts:
        if _is_readable(part, headed=headed):
            has_text = True
            yield part
        elif isinstance(part, Metadata) and not has_text and len(said) < _MOST_REMEMBERED:
            written = part.written.strip() if is_written_for_people(part.name) else ""
            if written != "":
                said.setdefault(written, part)
    if not has_text:
        yield from said.values()


def _is_readable(part: Part, *, headed: bool) -> bool:
    match part:
        case TextSpan() | Cell():
            return True
        case Metadata():
            return headed or part.name in _READ
        case _:
            return False
