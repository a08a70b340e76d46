"""The number formats of an Office Open XML workbook's styles (ECMA-376 Part 1, §18.8)."""

from lxml import etree  # type: ignore[import-untyped]

from muniment.readers.number_formats import Formats, formats_of


def read_formats(root: etree._Element) -> Formats:
    """The formats of a styles part."""
    custom: dict[int, str] = {}
    styles: list[int] = []
    for element in root.iter("{*}numFmt"):
        custom[_number(element.get("numFmtId"))] = element.get("formatCode", "")
    for cell_styles in root.iter("{*}cellXfs"):
        styles = [_number(style.get("numFmtId")) for style in cell_styles.iter("{*}xf")]
    return formats_of(styles, custom)


def _number(written: str | None) -> int:
    digits = written or "0"
    return int(digits) if digits.isdecimal() and len(digits) < 10 else 0  # noqa: PLR2004 - u32
