"""PDFium's functions, for whoever asks about every word and every object of a page.

- Arguments are handed over as they come: whole numbers as C's `int`, addresses as `address` makes
  them. Checking and turning an argument each time costs more than nearly all of the answers.
- So nothing here guards against a wrong argument: the callers are few, and each says what it asks.
"""

import ctypes
from array import array
from collections.abc import Callable
from typing import Any

NUMBER, POINTER = ctypes.c_int, ctypes.c_void_p
address: Callable[[int | None], Any] = POINTER.from_param
"""An address as an argument, to be made once and used often."""


def quick(function: object, gives: type = NUMBER) -> Callable[..., Any]:
    """A function of PDFium without the checks; what it gives is a number.

    It keeps the interpreter's lock: a reading process has one thread, and taking it again costs.
    """
    at = ctypes.cast(function, POINTER).value  # type: ignore[arg-type] # a function
    return ctypes.PYFUNCTYPE(gives)(at)  # type: ignore[arg-type] # never none


def handle(pointer: object) -> Any:
    """What pypdfium2 holds (a document, a page, a page's text) as an argument."""
    return address(ctypes.cast(pointer, POINTER).value)  # type: ignore[arg-type] # a pointer


class Room:
    """Numbers of one kind (as `array` names it) that PDFium writes, and where they stand."""

    def __init__(self, kind: str, count: int, together: int = 1) -> None:
        """Room for `count` numbers; `places` has the first of each so many that stand together."""
        self.numbers: array[Any] = array(kind, [0]) * count  # keeps its length, and so its place
        first, _ = self.numbers.buffer_info()
        size = self.numbers.itemsize
        self.places = tuple(address(first + size * at) for at in range(0, count, together))
