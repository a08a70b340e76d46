"""Brings the index up to date: every object that was read and is not in it yet.

- The ledger's mark `indexed` belongs to one engine and one format, which a file beside the ledger
  names. Where either changed, all marks go and the engine is filled anew, from the part files.
- A batch of objects goes into the engine before it is marked: a kill costs one batch.
"""

from collections.abc import Callable, Iterator
from contextlib import closing

import msgspec

from muniment.catalog.exchanged import lines_of
from muniment.catalog.ledger import Ledger
from muniment.catalog.near_duplicates import forget_sketches
from muniment.catalog.passages import Passage, name_passage, passages
from muniment.catalog.searching.describing import PartsOf, describe
from muniment.catalog.searching.engine import FORMAT, Entry, SearchEngine
from muniment.catalog.searching.engines import chosen_engine, open_engine
from muniment.catalog.searching.subjects import subject_passages
from muniment.catalog.views import names_of
from muniment.core import Digest, UsageError
from muniment.vault import Case

_BATCH = 500  # objects a commit of the index
_OVERLAP = 200  # code points of prose that two passages share
_FILE = "indexed.json"
Progress = Callable[[str, int, int], None]


class _Marked(msgspec.Struct, frozen=True):
    """What the marks in the ledger stand for."""

    engine: str
    format: int


def bring_index_up_to_date(
    case: Case, ledger: Ledger, parts_of: PartsOf, progress: Progress
) -> int:
    """Fill the case's engine with what is not in it; how many objects went in."""
    with closing(open_engine(case)) as engine:
        _agree(case, ledger, engine)
        waiting = list(ledger.not_yet("indexed"))
        for start in range(0, len(waiting), _BATCH):
            batch = waiting[start : start + _BATCH]
            facts = describe(ledger, batch, parts_of)
            engine.put(
                Entry(each, facts[each], object_passages(ledger, each, parts_of)) for each in batch
            )
            forget_sketches(ledger, batch)
            ledger.mark("indexed", batch)
            progress("index", start + len(batch), len(waiting))
        return len(waiting)


def index_is_current(case: Case) -> bool:
    """Whether the marks in the ledger are those of the chosen engine and of this format.

    Where they are not, `bring_index_up_to_date` makes everything again.
    """
    return _marked(case) == _Marked(chosen_engine(case), FORMAT)


def require_filled(case: Case, engine: SearchEngine) -> None:
    """Refuse to search an index that says nothing of this case.

    Raises:
        UsageError: it has not been filled, or an older version filled it.
    """
    if not (index_is_current(case) and engine.is_current()):
        raise UsageError(
            f"the index of this case ({engine.name}) is not there, or of another version",
            next_step="`muniment index CASE` makes it, from what was read",
        )


def object_passages(ledger: Ledger, digest: Digest, parts_of: PartsOf) -> Iterator[Passage]:
    """What can be searched of an object: the names it came under, then its parts."""
    for name in names_of(ledger, digest):
        yield name_passage(name)
    lines = lines_of(ledger, digest)
    if lines is None:
        yield from passages(parts_of(digest), overlap=_OVERLAP)
    else:
        yield from subject_passages(parts_of(digest), lines)


def _agree(case: Case, ledger: Ledger, engine: SearchEngine) -> None:
    """Start anew where the marks are not this engine's; what says so is written last."""
    if index_is_current(case) and engine.is_current():
        return
    path = case.work / _FILE
    path.unlink(missing_ok=True)
    ledger.unmark("indexed")
    engine.clear()
    partial = path.with_suffix(".partial")
    partial.write_bytes(msgspec.json.encode(_Marked(chosen_engine(case), FORMAT)))
    partial.rename(path)


def _marked(case: Case) -> _Marked | None:
    try:
        return msgspec.json.decode((case.work / _FILE).read_bytes(), type=_Marked)
    except (OSError, msgspec.MsgspecError):
        return None
