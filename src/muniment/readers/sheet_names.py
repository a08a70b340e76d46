"""How the sheets of a workbook are cited where two of them have one name.

    the sheets `Liste`, `Liste`, `Liste`   are cited as   `Liste`, `Liste[2]`, `Liste[3]`

- No two sheets of a file are ever cited alike, whatever they are called; the first keeps its name.
- No program lets a sheet's name hold a bracket, so what is made here is seldom a real one's; where
  it is, the later of the two is numbered on.
"""

from muniment.core import CellArea, Problem

_MOST_TOLD = 100


class SheetNames:
    """The names under which the sheets of one file have been cited so far."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._times: dict[str, int] = {}
        self._told = 0

    def cited_as(self, name: str) -> str:
        """The name under which the next sheet is cited, which is called `name` in the file."""
        cited = name
        while cited in self._taken:
            # Counted on from the last time, so that a file of one name thousandfold costs no more.
            self._times[name] = self._times.get(name, 1) + 1
            cited = f"{name}[{self._times[name]}]"
        self._taken.add(cited)
        return cited

    def trouble(self, name: str, cited: str) -> tuple[Problem, ...]:
        """What is to be said of a sheet that is cited under another name than its own."""
        self._told += cited != name
        if cited == name or self._told > _MOST_TOLD:
            return ()
        message = f"another sheet before it is called {name!r} too; this one is cited as {cited!r}"
        return (Problem(CellArea(1, 1, cited), "sheet-name-twice", message),)
