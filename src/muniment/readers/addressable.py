"""Whether a place can be written as a citation and read back.

- The constructors of places refuse what addresses nothing; this refuses what is too large to be
  parsed again (`muniment.core.place`), without printing every place of a large table.
"""

from muniment.core import Area, Cell, CellArea, Chars, Element, Field, Member, Place, Span, Whole

LARGEST_POSITION = 10**15 - 1
_LARGEST_STEP = 10**10 - 1
_MOST_STEPS = 256
_LARGEST_LENGTH = 10**10


def addressable(place: Place) -> bool:
    """True exactly where `parse_place(print_place(place))` gives the place back."""
    match place:
        case CellArea():
            last_row = place.last_row or place.row
            last_column = place.last_column or place.column
            return max(last_row, last_column) <= LARGEST_POSITION
        case Chars():
            return place.end <= LARGEST_POSITION
        case Element():
            steps = len(place.path) <= _MOST_STEPS and max(place.path) <= _LARGEST_STEP
            return steps and (place.chars is None or place.chars[1] <= LARGEST_POSITION)
        case Area():
            return (place.page or 1) <= LARGEST_POSITION and max(
                place.box or (0,)
            ) < _LARGEST_LENGTH
        case Field():
            return place.nth <= LARGEST_POSITION
        case Member():
            return place.index <= LARGEST_POSITION
        case Whole() | Span():
            return True


def is_in_table(cell: Cell) -> bool:
    """Whether it is known in which row and column of which table a cell stands."""
    if isinstance(cell.at, CellArea):
        return cell.grid is None
    return cell.grid is not None and addressable(cell.grid)
