"""Memory for what a process is going to load, in one piece.

- The interpreter maps its memory by the megabyte, and libraries are mapped in between; a large page
  (`large_pages.py`) wants two that lie together. So the megabytes are mapped first, one below
  the other, and stay mapped because something small lies in each.
- This module loads nothing: it comes before everything else.
"""

_LARGEST = 479  # bytes; the largest object that the interpreter puts there
_A_MEGABYTE = 1_900  # so many of them, or some more


class OnePiece:
    """Some megabytes that the interpreter fills before it maps others."""

    def __init__(self, megabytes: int) -> None:
        """Map them."""
        filling = [bytes(_LARGEST) for _ in range(megabytes * _A_MEGABYTE)]
        self._held = filling[::_A_MEGABYTE]

    def release(self) -> None:
        """Give back what nothing else was put in."""
        self._held.clear()
