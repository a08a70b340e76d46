"""Where in a file a value stands: the fragment of a citation.

One closed union; each member is one way in which a format can be addressed:

    Whole                                                 (no fragment) the object itself
    Area      page=3&xywh=72,144,200,18    RFC 8118 page, Media Fragments xywh; points or pixels
    CellArea  sheet=Liste&cell=5,7-5,9     RFC 7111 cell=row,column, counted from 1
    Chars     section=1.2&char=120,164     RFC 5147 char, counted in code points from 0;
                                           section is an RFC 3501 part number of an e-mail
    Element   member=word/document.xml&element=/1/1/12&char=0,9
                                           XPointer element() child sequence in a packaged XML file
    Field     field=Received,2             the n-th header or metadata entry of that name
    Member    index=4                      the n-th entry of a container's own directory, from 0
    Span      t=12.5,14                    Media Fragments time, seconds

- Printing and parsing are inverse on every place; two different places never print alike.
- Values are percent-encoded as in RFC 3986, so that a citation is a URI in ASCII.
- Lengths in an `Area` carry at most two decimals; PDF areas are points from the top left of the
  page as displayed, image areas are pixels.
"""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from urllib.parse import quote, unquote

import msgspec

_INTEGER = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
_AREA_STEP = Decimal("0.01")
_TIME_STEP = Decimal("0.001")
_QUICKLY_ROUNDED = 1e6  # below it, a hundredfold number is wrong by less than 1e-7
_SURELY_ROUNDED = 0.499999  # of a hundredth from the nearest one: not a half, however it is spelt
_SECTION = re.compile(r"[1-9][0-9]{0,5}(\.[1-9][0-9]{0,5}){0,31}", re.ASCII)
_CHILDREN = re.compile(r"(/[1-9][0-9]{0,9}){1,256}", re.ASCII)
_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,9})(\.[0-9]{0,2}[1-9])?", re.ASCII)
# RFC 3986 fragment characters that are not ours: '&', '=', ',' and '-' separate here.
_SAFE = "/:@!$()*;?~._"


class Whole(msgspec.Struct, frozen=True, tag="whole", array_like=True, gc=False):
    """The whole object."""


class Area(msgspec.Struct, frozen=True, tag="area", array_like=True, gc=False):
    """A page (from 1), a rectangle, or a rectangle on a page; `box` is x, y, width, height."""

    page: int | None = None
    box: tuple[float, float, float, float] | None = None

    def __post_init__(self) -> None:
        """Round the box to hundredths and refuse what addresses nothing."""
        if self.page is None and self.box is None:
            raise ValueError("an area names a page, a box or both")
        if self.page is not None and self.page < 1:
            raise ValueError("pages are counted from 1")
        if self.box is not None:
            msgspec.structs.force_setattr(self, "box", _in_hundredths(self.box))


class CellArea(msgspec.Struct, frozen=True, tag="cell", array_like=True, gc=False):
    """One cell or a rectangle of cells, rows and columns counted from 1 as the file shows them."""

    row: int
    column: int
    sheet: str | None = None
    last_row: int | None = None
    last_column: int | None = None

    def __post_init__(self) -> None:
        """Give a single cell one spelling and refuse an empty rectangle."""
        if self.last_row is None and self.last_column is None and self.row > 0 and self.column > 0:
            return  # one cell, as nearly all are
        last_row = self.row if self.last_row is None else self.last_row
        last_column = self.column if self.last_column is None else self.last_column
        if self.row < 1 or self.column < 1 or last_row < self.row or last_column < self.column:
            raise ValueError("rows and columns are counted from 1 and ranges run forward")
        single = (last_row, last_column) == (self.row, self.column)
        msgspec.structs.force_setattr(self, "last_row", None if single else last_row)
        msgspec.structs.force_setattr(self, "last_column", None if single else last_column)


class Chars(msgspec.Struct, frozen=True, tag="chars", array_like=True, gc=False):
    """Code points `start` up to and without `end` of a text, or of one section of an e-mail."""

    start: int
    end: int
    section: str | None = None

    def __post_init__(self) -> None:
        """Refuse a range that runs backward or a section that is not dotted numbers."""
        if not 0 <= self.start <= self.end:
            raise ValueError("a character range runs forward from 0")
        if self.section is not None and _SECTION.fullmatch(self.section) is None:
            raise ValueError("a section is an RFC 3501 part number such as 1.2")


class Element(msgspec.Struct, frozen=True, tag="element", array_like=True, gc=False):
    """An element of a packaged XML file, by child sequence, perhaps a range of its text."""

    member: str
    path: tuple[int, ...]
    chars: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        """Refuse an empty path, a child number below 1, and a range that runs backward."""
        if len(self.path) == 0 or min(self.path) < 1:
            raise ValueError("a child sequence counts from 1 and has at least one step")
        if self.chars is not None and not 0 <= self.chars[0] <= self.chars[1]:
            raise ValueError("a character range runs forward from 0")


class Field(msgspec.Struct, frozen=True, tag="field", array_like=True, gc=False):
    """A header or metadata entry by name; `nth` counts equal names from 1."""

    name: str
    nth: int = 1

    def __post_init__(self) -> None:
        """Refuse a count below 1."""
        if self.nth < 1:
            raise ValueError("equal names are counted from 1")


class Member(msgspec.Struct, frozen=True, tag="member", array_like=True, gc=False):
    """An entry of a container by its position in the container's own directory, from 0."""

    index: int

    def __post_init__(self) -> None:
        """Refuse a negative position."""
        if self.index < 0:
            raise ValueError("members are counted from 0")


class Span(msgspec.Struct, frozen=True, tag="span", array_like=True, gc=False):
    """A stretch of audio or video, in seconds with at most three decimals."""

    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        """Round to milliseconds and refuse a stretch that runs backward."""
        msgspec.structs.force_setattr(self, "start_s", _rounded(self.start_s, _TIME_STEP))
        msgspec.structs.force_setattr(self, "end_s", _rounded(self.end_s, _TIME_STEP))
        if self.end_s < self.start_s:
            raise ValueError("a stretch of time runs forward")


Place = Whole | Area | CellArea | Chars | Element | Field | Member | Span


def print_place(place: Place) -> str:
    """The fragment that names `place`, without '#'; empty for the whole object."""
    return "&".join(f"{key}={value}" for key, value in _pairs(place))


def parse_place(fragment: str) -> Place:
    """The place that `fragment` (without '#') names.

    Raises:
        ValueError: the fragment is not one that `print_place` writes.
    """
    if fragment == "":
        return Whole()
    pairs = [pair.partition("=")[::2] for pair in fragment.split("&")]
    keys = tuple(key for key, _ in pairs)
    parser = _PARSERS.get(keys)
    if parser is None:
        raise ValueError(f"no place is written with {', '.join(keys)}")
    return parser(*(value for _, value in pairs))


def _pairs(place: Place) -> list[tuple[str, str]]:
    match place:
        case Whole():
            return []
        case Area():
            return _print_area(place)
        case CellArea():
            return _print_cells(place)
        case Chars():
            section = [] if place.section is None else [("section", place.section)]
            return [*section, ("char", f"{place.start},{place.end}")]
        case Element():
            return _print_element(place)
        case Field():
            nth = "" if place.nth == 1 else f",{place.nth}"
            return [("field", _encode(place.name) + nth)]
        case Member():
            return [("index", str(place.index))]
        case Span():
            return [("t", f"{_decimal(place.start_s)},{_decimal(place.end_s)}")]


def _print_area(area: Area) -> list[tuple[str, str]]:
    pairs = [] if area.page is None else [("page", str(area.page))]
    if area.box is not None:
        pairs.append(("xywh", ",".join(_decimal(length) for length in area.box)))
    return pairs


def _print_cells(cells: CellArea) -> list[tuple[str, str]]:
    pairs = [] if cells.sheet is None else [("sheet", _encode(cells.sheet))]
    last = "" if cells.last_row is None else f"-{cells.last_row},{cells.last_column}"
    pairs.append(("cell", f"{cells.row},{cells.column}{last}"))
    return pairs


def _print_element(element: Element) -> list[tuple[str, str]]:
    path = "".join(f"/{step}" for step in element.path)
    pairs = [("member", _encode(element.member)), ("element", path)]
    if element.chars is not None:
        pairs.append(("char", f"{element.chars[0]},{element.chars[1]}"))
    return pairs


def _parse_box(written: str) -> tuple[float, float, float, float]:
    x, y, width, height = (_parse_decimal(length, _AREA_STEP) for length in _split(written, 4))
    return (x, y, width, height)


def _parse_cells(sheet: str | None, written: str) -> CellArea:
    first, dash, last = written.partition("-")
    row, column = (_integer(number) for number in _split(first, 2))
    name = None if sheet is None else _decode(sheet)
    if dash == "":
        return CellArea(row, column, name)
    last_row, last_column = (_integer(number) for number in _split(last, 2))
    if (last_row, last_column) == (row, column):
        raise ValueError("a single cell is written without a range")
    return CellArea(row, column, name, last_row, last_column)


def _parse_range(written: str) -> tuple[int, int]:
    start, end = (_integer(number) for number in _split(written, 2))
    return (start, end)


def _parse_element(member: str, path: str, chars: str | None) -> Element:
    if _CHILDREN.fullmatch(path) is None:
        raise ValueError("a child sequence is written /1/2/3")
    steps = tuple(int(step) for step in path.split("/")[1:])
    return Element(_decode(member), steps, None if chars is None else _parse_range(chars))


def _parse_field(written: str) -> Field:
    name, comma, nth = written.partition(",")
    if comma != "" and nth == "1":
        raise ValueError("the first entry of a name is written without a count")
    return Field(_decode(name), 1 if comma == "" else _integer(nth))


def _parse_span(written: str) -> Span:
    start, end = (_parse_decimal(second, _TIME_STEP) for second in _split(written, 2))
    return Span(start, end)


_PARSERS: dict[tuple[str, ...], Callable[..., Place]] = {
    ("page",): lambda page: Area(_integer(page)),
    ("xywh",): lambda box: Area(None, _parse_box(box)),
    ("page", "xywh"): lambda page, box: Area(_integer(page), _parse_box(box)),
    ("cell",): lambda cells: _parse_cells(None, cells),
    ("sheet", "cell"): _parse_cells,
    ("char",): lambda chars: Chars(*_parse_range(chars)),
    ("section", "char"): lambda section, chars: Chars(*_parse_range(chars), section),
    ("member", "element"): lambda member, path: _parse_element(member, path, None),
    ("member", "element", "char"): _parse_element,
    ("field",): _parse_field,
    ("index",): lambda index: Member(_integer(index)),
    ("t",): _parse_span,
}


def _split(written: str, count: int) -> list[str]:
    fields = written.split(",")
    if len(fields) != count:
        raise ValueError(f"{count} numbers are separated by commas, not {written!r}")
    return fields


def _integer(written: str) -> int:
    if _INTEGER.fullmatch(written) is None:
        raise ValueError(f"not a count: {written!r}")
    return int(written)


def _decimal(number: float) -> str:
    """The shortest decimal spelling, never with an exponent."""
    text = format(Decimal(str(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _parse_decimal(written: str, step: Decimal) -> float:
    if _DECIMAL.fullmatch(written) is None or Decimal(written) % step != 0:
        raise ValueError(f"not a length or a time: {written!r}")
    return float(written)


def _rounded(number: float, step: Decimal) -> float:
    try:
        rounded = float(Decimal(str(number)).quantize(step))
    except InvalidOperation as why:
        raise ValueError(f"{number} is no length or time") from why
    if not 0 <= rounded < 10**10:
        raise ValueError(f"{number} is outside what a place can name")
    return abs(rounded)  # -0.0 has the same spelling as 0.0


def _in_hundredths(box: tuple[float, ...]) -> tuple[float, ...]:
    """Each as `_rounded` to `_AREA_STEP` gives it; every word of every page comes through here."""
    found = []
    for length in box:
        scaled = length * 100
        nearest = round(scaled) if 0.0 <= length < _QUICKLY_ROUNDED else None
        # Near a half, the decimal spelling decides and not the binary number.
        if nearest is None or not -_SURELY_ROUNDED <= scaled - nearest <= _SURELY_ROUNDED:
            found.append(_rounded(length, _AREA_STEP))
        else:
            found.append(nearest / 100)
    return tuple(found)


def _encode(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass"), safe=_SAFE)


def _decode(written: str) -> str:
    ascii_form = quote(written.encode("utf-8", "surrogatepass"), safe=_SAFE + "%")
    value = unquote(ascii_form, encoding="utf-8", errors="surrogatepass")
    if _encode(value) != ascii_form:
        raise ValueError(f"not the canonical percent-encoding: {written!r}")
    return value
