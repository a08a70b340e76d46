"""What every page is handed: the open case, its projections, who reads, and the clock.

- A room is opened once and shared by all requests; what is in it may be asked by several threads.
- It holds no rule and keeps no state of its own: what people decide goes into the journal.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, cast

import msgspec
from fastapi import Depends, Request

from muniment.app.index_session import bring_index_up_to_date
from muniment.app.looking_session import reading
from muniment.app.opened_keys import secrets_of
from muniment.app.session import now
from muniment.app.show import hint
from muniment.catalog import Ledger, Rasters, SearchEngine, open_engine
from muniment.catalog.facts import FactTables
from muniment.catalog.sheets import OpenSheets
from muniment.readers import Mechanism, isolation_report
from muniment.vault import Case, HeldError


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """One case, open to be read; `reader` is a pseudonym, the actor of what is decided here."""

    case: Case
    ledger: Ledger
    engine: SearchEngine
    rasters: Rasters
    sheets: OpenSheets
    facts: FactTables
    reader: str
    passphrase_file: Path | None = None
    walls: tuple[Mechanism, ...] = ()  # what stands before hostile files, tried when it was opened
    clock: Callable[[], datetime] = now

    @property
    def name(self) -> str:
        """What people call the case: its folder's name."""
        return self.case.folder.resolve().name

    @property
    def read_only(self) -> bool:
        """Whether the case can only be looked at: its disk, or this user, does not write to it."""
        return not (self.ledger.writable and os.access(self.case.vault, os.W_OK))

    @property
    def tables(self) -> Path:
        """The Parquet tables of everything read."""
        return self.case.work / "tables"

    @property
    def cache(self) -> Path:
        """Pictures and drawings made for pages: may be deleted at any time."""
        return self.case.work / "cache"

    def scratch(self) -> Path:
        """A new folder for a file that is made to leave; whoever asks for it removes it."""
        held = self.cache / "leaving"
        held.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(dir=held))


@contextmanager
def open_room(
    folder: Path,
    reader: str,
    passphrase_file: Path | None = None,
    *,
    walls: tuple[Mechanism, ...] = (),
) -> Iterator[Room]:
    """The room of a case, as long as the context lasts; `walls` where they were tried already.

    Raises:
        UsageError: there is no case at `folder`.
    """
    with (
        reading(folder) as (case, ledger),
        closing(open_engine(case)) as engine,
        Rasters(case, ledger, secrets_of(case, ledger, passphrase_file)) as rasters,
        closing(FactTables(case)) as facts,
    ):
        if len(walls) == 0:
            _prepare(case, ledger)
        yield Room(
            case=case,
            ledger=ledger,
            engine=engine,
            rasters=rasters,
            sheets=OpenSheets(case, ledger),
            facts=facts,
            reader=reader,
            passphrase_file=passphrase_file,
            # Tried once, before any thread is started: the trial forks.
            walls=walls or isolation_report(),
        )


def _prepare(case: Case, ledger: Ledger) -> None:
    try:
        bring_index_up_to_date(case, ledger)
    except HeldError:
        # Work is under way, perhaps started here and the room opened again: it is to be seen.
        hint("note: another process is at work: what it has not indexed yet is not found")


async def the_room(request: Request) -> Room:
    """The room that a request is asked in."""
    # Not a plain function: those are called in another thread, which takes longer than this does.
    return cast("Room", request.app.state.room)


TheRoom = Annotated[Room, Depends(the_room)]
