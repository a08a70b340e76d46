"""Data files of Stata, SPSS and SAS: every value as stored, with its label where there is one.

- A cell holds the stored number or text; `shown` is the label that the file gives to that value,
  or the date that a date format makes of it.
- What the file says of its columns (label, format) is stated at the column.

Source: ReadStat, through pyreadstat.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from muniment.core import Cell, CellArea, CellKind, Field, Metadata, Part
from muniment.readers.reader import Context, Reader
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source
from muniment.readers.table_rows import CellCount, cell_of, column_parts

_SAS_SIGN = bytes(12) + bytes.fromhex("c2ea8160b31411cfbd92080009c7318c181f1011")
_LIBRARY = b"HEADER RECORD*******LIB"
_OLD_STATA = range(105, 116)
# SPSS portable: behind 456 characters, and the ends of the lines of 80 among them.
_PORTABLE_AT = (456, 461, 464, 466)
_STATA = "application/x-stata-dta"
_SPSS, _PORTABLE = "application/x-spss-sav", "application/x-spss-por"
_SAS, _TRANSPORT = "application/x-sas-data", "application/x-sas-xport"
_READERS: Mapping[str, str] = MappingProxyType(
    {
        _STATA: "read_dta",
        _SPSS: "read_sav",
        _PORTABLE: "read_por",
        _SAS: "read_sas7bdat",
        _TRANSPORT: "read_xport",
    }
)
_VALUES_HELD = 1_000_000
_EPOCH_1960 = dt.datetime(1960, 1, 1)  # noqa: DTZ001 - Stata and SAS; none of them has zones
_EPOCH_1582 = dt.datetime(1582, 10, 14)  # noqa: DTZ001 - SPSS
_DAY, _SECOND, _MILLISECOND = dt.timedelta(1), dt.timedelta(seconds=1), dt.timedelta(milliseconds=1)
# Type → beginnings of a format's name, from when it counts, in what; the longer name first.
_DATES: Mapping[str, tuple[tuple[str, dt.datetime, dt.timedelta], ...]] = MappingProxyType(
    {
        _STATA: (
            ("%tc", _EPOCH_1960, _MILLISECOND),
            ("%td", _EPOCH_1960, _DAY),
            ("%d", _EPOCH_1960, _DAY),
        ),
        _SPSS: tuple(
            (name, _EPOCH_1582, _SECOND)
            for name in ("DATE", "ADATE", "EDATE", "SDATE", "JDATE", "YMDHMS")
        ),
        _SAS: (
            ("DATETIME", _EPOCH_1960, _SECOND),
            ("E8601DT", _EPOCH_1960, _SECOND),
            *(
                (name, _EPOCH_1960, _DAY)
                for name in ("DATE", "DDMMYY", "MMDDYY", "YYMMDD", "E8601DA")
            ),
        ),
    }
)
# Where a person declared values to be missing, they are values still.
_OPTIONS = {media_type: {"user_missing": True} for media_type in (_STATA, _SPSS, _SAS)}
_KIN = {_PORTABLE: _SPSS, _TRANSPORT: _SAS}


def read_statistics(source: Source, context: Context) -> Iterator[Part]:
    """The columns and cells of a data file.

    Raises:
        UnreadableError: it is damaged.
        RefusedError: it has more cells than the limits allow.
    """
    yield from _Data(source, context).parts()


class _Data:
    def __init__(self, source: Source, context: Context) -> None:
        self._source = source
        self._type = context.media_type
        self._count = CellCount(context.limits.cells)

    def _read(self, first: int, rows: int) -> tuple[dict[str, list[Any]], Any]:
        # Heavy, and needed for these formats only.
        import pyreadstat  # noqa: PLC0415

        read = getattr(pyreadstat, _READERS[self._type])
        try:
            values, stated = read(
                self._source.stream(),
                row_offset=first,
                row_limit=rows,
                metadataonly=rows == 0,
                output_format="dict",
                disable_datetime_conversion=True,
                **_OPTIONS.get(self._type, {}),
            )
        # A third-party parser on hostile bytes: ReadStat's errors, and whatever a wrong number in
        # the file makes of the Python around it.
        except Exception as why:
            raise UnreadableError(f"damaged ({said_of(why)})") from why
        return values, stated

    def parts(self) -> Iterator[Part]:
        """What is stated of the file and its columns, then the cells."""
        _, stated = self._read(0, 0)
        names = list(stated.column_names)
        yield from _stated(stated)
        types = [str(stated.readstat_variable_types.get(name, "")) for name in names]
        yield from column_parts(None, names, types)
        formats = {name: stated.original_variable_types.get(name) or "" for name in names}
        for number, (name, label) in enumerate(zip(names, stated.column_labels, strict=False), 1):
            for sort, written in (("column label", label), ("column format", formats[name])):
                if written:
                    yield Metadata(CellArea(1, number), sort, str(written))
        batch = max(1, _VALUES_HELD // max(1, len(names)))
        first, there = 0, batch
        while len(names) > 0 and there == batch:
            values, _ = self._read(first, batch)
            there = max((len(column) for column in values.values()), default=0)
            for row in range(there):
                self._count.add(len(names))
                for number, name in enumerate(names, start=1):
                    at = CellArea(first + row + 1, number)
                    labels = stated.variable_value_labels.get(name, {})
                    cell = self._cell(at, values[name][row], labels, formats[name])
                    if cell is not None:
                        yield cell
            first += there

    def _cell(self, at: CellArea, value: Any, labels: Mapping[Any, str], form: str) -> Cell | None:
        if value != value:  # noqa: PLR0124 - a number that is none stands for a missing value
            return None
        cell = cell_of(at, value)
        if cell is None:
            return None
        shown = labels.get(value)
        if shown is None and isinstance(value, (int, float)):
            shown = self._moment(form, value)
        kind = CellKind.DATE if shown is not None and value not in labels else cell.kind
        return Cell(at, kind, cell.written, shown=shown, number_format=form or None)

    def _moment(self, form: str, value: float) -> str | None:
        kind = _KIN.get(self._type, self._type)
        for name, epoch, unit in _DATES[kind]:
            if form.startswith(name):
                try:
                    moment = epoch + unit * value
                except OverflowError:
                    return None
                whole = unit == _DAY or (kind == _SPSS and "TIME" not in form and "HMS" not in form)
                return moment.date().isoformat() if whole else moment.isoformat()
        return None


def _stated(stated: Any) -> Iterator[Part]:
    pairs = (
        ("encoding", stated.file_encoding),
        ("label", stated.file_label),
        ("table", stated.table_name),
    )
    for name, written in pairs:
        if written:
            yield Metadata(Field(name), name, str(written))
    for number, note in enumerate(stated.notes or (), start=1):
        yield Metadata(Field("note", number), "note", str(note))


def _is_stata(head: bytes) -> bool:
    old = len(head) > 4 and head[0] in _OLD_STATA and head[1] in (1, 2) and head[2:4] == b"\1\0"  # noqa: PLR2004 - a header
    return old or head.startswith(b"<stata_dta>")


def _is_portable(head: bytes) -> bool:
    return any(head.startswith(b"SPSSPORT", at) for at in _PORTABLE_AT)


def _reader(name: str, media_type: str, begins: bytes, recognises: Any) -> Reader:
    return Reader(
        name=name,
        version=1,
        media_types=(media_type,),
        read=read_statistics,
        recognises=recognises,
        begins=begins,
    )


STATISTICS_FILES = (
    _reader("stata", _STATA, rb"[\x69-\x73]|<stata_dta>", _is_stata),
    _reader("spss", _SPSS, rb"\$FL[23]", lambda head: head.startswith((b"$FL2", b"$FL3"))),
    _reader("spss-portable", _PORTABLE, rb".{456,466}SPSSPORT", _is_portable),
    _reader("sas", _SAS, re.escape(_SAS_SIGN), lambda head: head.startswith(_SAS_SIGN)),
    _reader("sas-transport", _TRANSPORT, b"HEADER REC", lambda head: head.startswith(_LIBRARY)),
)
