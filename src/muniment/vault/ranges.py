"""Sets of event positions that are mostly runs: `5`, `7 to 19`."""

from bisect import bisect_right
from collections.abc import Iterator


class Ranges:
    """A set of positions, kept as runs (start, stop), ascending and apart from each other."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._stops: list[int] = []

    def add(self, start: int, stop: int) -> None:
        """Put in the positions from `start` to before `stop`, none of which is in yet."""
        at = bisect_right(self._starts, start)
        joins_before = at > 0 and self._stops[at - 1] == start
        joins_after = at < len(self._starts) and self._starts[at] == stop
        if joins_before and joins_after:
            self._stops[at - 1] = self._stops.pop(at)
            self._starts.pop(at)
        elif joins_before:
            self._stops[at - 1] = stop
        elif joins_after:
            self._starts[at] = start
        else:
            self._starts.insert(at, start)
            self._stops.insert(at, stop)

    def discard(self, position: int) -> bool:
        """Take out one position; True where it was in."""
        at = bisect_right(self._starts, position) - 1
        if at < 0 or position >= self._stops[at]:
            return False
        start, stop = self._starts.pop(at), self._stops.pop(at)
        if start < position:
            self.add(start, position)
        if position + 1 < stop:
            self.add(position + 1, stop)
        return True

    def __contains__(self, position: int) -> bool:
        """Whether a position is in."""
        at = bisect_right(self._starts, position) - 1
        return at >= 0 and position < self._stops[at]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """The runs, ascending."""
        return iter(list(zip(self._starts, self._stops, strict=True)))

    def __len__(self) -> int:
        """How many runs there are."""
        return len(self._starts)


def name_run(start: int, stop: int) -> str:
    """`event 5` or `events 5 to 9` for the positions from `start` to before `stop`."""
    return f"event {start}" if stop == start + 1 else f"events {start} to {stop - 1}"
