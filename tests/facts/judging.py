"""`muniment map suggest`, asked about made tables as a person would ask, and scored.

    python -m tests.facts.judging                   the tables that proposals may be developed on
    python -m tests.facts.judging --held-out        the others, once, when nothing changes any more

It knows the command and its JSON, and nothing of how proposals are made.
"""

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.app.cli import muniment, muniment_json
from tests.facts.layouts import held_out_2026b, tuning
from tests.facts.layouts.laying import Layout
from tests.facts.layouts.writing import write
from tests.facts.scoring import Score, score


def judged(layouts: Iterable[Layout], folder: Path) -> Score:
    """The score of the command over tables that are written into `folder`, taken in and read."""
    files, case = folder / "files", folder / "case"
    files.mkdir(parents=True)
    written = write(layouts, files)
    muniment("init", case)
    muniment("intake", case, files)
    muniment("process", case, "--workers", 1)
    return score(
        lambda path: muniment_json("map", "suggest", case, path.name)["columns"],
        {path: layout.truth for path, layout in written.items()},
    )


def main() -> None:
    """Print the score, by language, and every column that was not proposed right."""
    layouts = held_out_2026b.layouts() if "--held-out" in sys.argv[1:] else tuning.layouts()
    with tempfile.TemporaryDirectory() as folder:
        result = judged(layouts, Path(folder))
    for miss in result.misses:
        heading = " ".join(miss.heading.split())
        accepted = ", ".join(one or "nothing" for one in miss.expected)
        print(f"{miss.table}: {heading}: {miss.proposed or 'nothing'}; accepted: {accepted}")  # noqa: T201
    for language, (right, columns) in result.by_language.items():
        print(f"{language:8} {right:4} of {columns}")  # noqa: T201
    print(  # noqa: T201
        f"{result.right} of {result.columns} columns right ({result.share:.3f}); of the"
        f" {result.stated} that must be said something of, {result.share_of_stated:.3f};"
        f" {result.wrong} wrong answers"
    )


if __name__ == "__main__":
    main()
