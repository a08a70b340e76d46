"""Which options a reader knows: one that is misspelt would do nothing, and nobody would see it."""

from collections.abc import Iterator, Mapping

_DATES = ("order", "epoch", "pivot", "calendar")
_KNOWN: dict[str, tuple[str, ...]] = {
    "text": ("split",),
    "name": ("split",),
    "place": ("split",),
    "language": ("split",),
    "date": _DATES,
    "date-range": _DATES,
    "sex": ("vocabulary",),
    "yes-no": ("vocabulary",),
    "code": ("vocabulary",),
    "number": ("decimal",),
    "integer": ("decimal",),
    "quantity": ("decimal",),
    "duration": ("unit",),
    "phone": ("country",),
    "coordinate": ("axis",),
}
_EVERY = ("blank",)
_VALUES: dict[str, tuple[str, ...]] = {
    "blank": ("above",),
    "split": ("yes",),
    "order": ("dmy", "mdy", "ymd", "ym"),
    "epoch": ("1900", "1904"),
    "decimal": (".", ","),
    "unit": ("Y", "M", "W", "D"),
}


def wrong_options(reader: str, options: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What of a column's options its reader does not know, and what it does know."""
    known = (*_KNOWN.get(reader, ()), *_EVERY)
    for name, value in options.items():
        if name not in known:
            yield f"the reader {reader!r} has no option {name!r}", f"name one of {', '.join(known)}"
        elif value not in _VALUES.get(name, (value,)):
            values = ", ".join(_VALUES[name])
            yield f"option {name!r} cannot be {value!r}", f"write one of {values}"
