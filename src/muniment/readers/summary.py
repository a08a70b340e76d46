"""Counts the parts of one object as they pass, for the `Reading` that closes them."""

from collections import Counter
from collections.abc import Sequence

from muniment.core import Part, Problem, Tally, kind_of_part

_CONTENT = ("text", "cell", "image", "child")
# What a file holds though no part shows it: sound and film, and keys, which are never shown.
_HELD = ("streams", "keys")


class Summary:
    """How many parts of each kind passed, and what containers announced."""

    def __init__(self, child_sorts: tuple[str, ...]) -> None:
        self._child_sorts = child_sorts
        self._counts: Counter[str] = Counter()
        self.tallied = 0
        self._held = 0
        self.first_problem: Problem | None = None

    def add(self, parts: Sequence[Part]) -> None:
        """Count these parts too."""
        kinds = Counter(map(kind_of_part, parts))
        self._counts.update(kinds)
        if "tally" in kinds:
            tallies = [part for part in parts if isinstance(part, Tally)]
            self._held += sum(t.announced for t in tallies if t.sort in _HELD)
            self.tallied += sum(t.announced for t in tallies if t.sort in self._child_sorts)
        if "problem" in kinds and self.first_problem is None:
            self.first_problem = next(part for part in parts if isinstance(part, Problem))

    def add_cells(self, count: int) -> None:
        """Count so many cells too."""
        if count > 0:
            self._counts["cell"] += count

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Pairs of kind and count, by kind; kinds that did not occur are left out."""
        return tuple(sorted(self._counts.items()))

    @property
    def emitted(self) -> int:
        """How many children came out."""
        return self._counts["child"]

    @property
    def has_content(self) -> bool:
        """Whether anything came out besides properties and trouble."""
        return self._held > 0 or any(self._counts[kind] > 0 for kind in _CONTENT)
