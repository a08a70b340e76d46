"""A window on the earth in an address: `west,south,east,north` in degrees."""

from muniment.catalog.pictures import Box
from muniment.core import UsageError


def box_asked(written: str) -> Box | None:
    """The window that an address names; None where it names none.

    Raises:
        UsageError: it is no window on the earth.
    """
    if written == "":
        return None
    try:
        west, south, east, north = (float(each) for each in written.split(","))
        return Box(west, south, east, north)
    except ValueError as why:
        raise UsageError(
            "the address names no window on the earth: west, south, east, north in degrees",
            next_step="begin again at /map",
        ) from why


def box_written(box: Box) -> str:
    """The window as an address names it, to a tenth of a metre."""
    return ",".join(
        f"{each:.6f}".rstrip("0").rstrip(".") for each in (box.west, box.south, box.east, box.north)
    )
