"""Formats and visibility in the styles of an OpenDocument spreadsheet.

- A number style is written as the format code that a workbook would hold for it.
- Columns, rows and cells may each name a style; the cell's own counts first.

Source: OASIS OpenDocument 1.3, part 3, §16.27 (number styles), §17.15 (table properties).
"""

from lxml import etree  # type: ignore[import-untyped]

from muniment.readers.open_text import attribute
from muniment.readers.xml_names import local_name

_NUMBER_STYLES = (
    "{*}number-style",
    "{*}currency-style",
    "{*}percentage-style",
    "{*}date-style",
    "{*}time-style",
    "{*}boolean-style",
    "{*}text-style",
)
# Name → code, and the code of its long form.
_PIECES = {
    "year": ("yy", "yyyy"),
    "month": ("m", "mm"),
    "day": ("d", "dd"),
    "day-of-week": ("ddd", "dddd"),
    "era": ("g", "gg"),
    "quarter": ("q", "qq"),
    "week-of-year": ("ww", "ww"),
    "hours": ("h", "hh"),
    "minutes": ("m", "mm"),
    "seconds": ("s", "ss"),
    "am-pm": ("AM/PM", "AM/PM"),
    "boolean": ("BOOLEAN", "BOOLEAN"),
    "text-content": ("@", "@"),
}
_PLAIN = "-/.: ,%+()"
_MOST_DIGITS = 30


class Styles:
    """The styles read so far; later ones add to them."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._data_styles: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._not_shown: set[str] = set()

    def read(self, root: etree._Element) -> None:
        """Take in the styles below an element."""
        for element in root.iter(*_NUMBER_STYLES):
            self._codes[attribute(element, "name")] = _code(element)
        for element in root.iter("{*}style"):
            name, family = attribute(element, "name"), attribute(element, "family")
            if family == "table-cell":
                self._data_styles[name] = attribute(element, "data-style-name")
                self._parents[name] = attribute(element, "parent-style-name")
            elif family == "table":
                shown = [attribute(p, "display") for p in element.iter("{*}table-properties")]
                if "false" in shown:
                    self._not_shown.add(name)

    def code(self, style: str) -> str | None:
        """The format code of a cell style; None where it has none of its own."""
        for _ in range(8):  # parents of parents
            data_style = self._data_styles.get(style, "")
            if data_style != "":
                code = self._codes.get(data_style, "")
                return None if code in ("", "General") else code
            style = self._parents.get(style, "")
            if style == "":
                break
        return None

    def is_hidden(self, table_style: str) -> bool:
        """Whether tables of this style are not shown."""
        return table_style in self._not_shown


def _code(style: etree._Element) -> str:
    pieces: list[str] = []
    for element in style:
        name = local_name(element)
        if name in ("number", "scientific-number", "fraction"):
            pieces.append(_digits(element, name))
        elif name == "month" and attribute(element, "textual") == "true":
            pieces.append("mmmm" if attribute(element, "style") == "long" else "mmm")
        elif name in _PIECES:
            piece = _PIECES[name][attribute(element, "style") == "long"]
            decimals = attribute(element, "decimal-places")
            if name == "seconds" and decimals.isdecimal() and 0 < int(decimals) < _MOST_DIGITS:
                piece += "." + "0" * int(decimals)
            pieces.append(piece)
        elif name in ("text", "currency-symbol"):
            text = element.text or ""
            plain = name == "text" and all(letter in _PLAIN for letter in text)
            pieces.append(text if plain or text == "" else f'"{text}"')
    code = "".join(pieces)
    elapsed = attribute(style, "truncate-on-overflow") == "false"
    return (
        code.replace("hh", "[hh]", 1).replace("h", "[h]", 1)
        if elapsed and "[" not in code
        else code
    )


def _digits(element: etree._Element, name: str) -> str:
    decimals = _count(attribute(element, "decimal-places"))
    whole = _count(attribute(element, "min-integer-digits"))
    if name == "number" and attribute(element, "decimal-places") == "" and whole <= 1:
        return "General"
    code = "0" * whole or "#"
    if attribute(element, "grouping") == "true":
        code = "#,##0" if whole <= 1 else f"#,{code}"
    if decimals > 0:
        least = attribute(element, "min-decimal-places")
        kept = min(_count(least), decimals) if least != "" else decimals
        code += "." + "0" * kept + "#" * (decimals - kept)
    if name == "scientific-number":
        code += "E+" + "0" * max(1, _count(attribute(element, "min-exponent-digits")))
    return f"{code} ?/?" if name == "fraction" else code


def _count(written: str) -> int:
    return min(int(written), _MOST_DIGITS) if written.isdecimal() and len(written) < 5 else 0  # noqa: PLR2004 - more is no count
