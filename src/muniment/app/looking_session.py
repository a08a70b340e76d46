"""Opens a case and its ledger for a command that looks and changes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from muniment.app.session import journal_of
from muniment.catalog import (
    Ledger,
    catch_up,
    is_behind,
    is_withdrawing,
    open_ledger,
    withdraw_from_views,
)
from muniment.core import UsageError
from muniment.vault import Case, Journal, locked, open_case


@contextmanager
def reading(folder: Path) -> Iterator[tuple[Case, Ledger]]:
    """A case and its ledger, brought up to date if nobody is writing at the moment."""
    case = open_case(folder)
    ledger = open_ledger(case)
    try:
        with journal_of(case) as journal:
            if is_withdrawing(case):
                _finish_withdrawal(case, journal)
            if ledger.writable and is_behind(ledger, journal):
                _try_to_catch_up(case, ledger, journal)
        yield case, ledger
    finally:
        ledger.close()


def _finish_withdrawal(case: Case, journal: Journal) -> None:
    """What a consent was withdrawn for is not shown, also where its withdrawal was cut off.

    Raises:
        HeldError: another process has the case; it may be at that very work.
    """
    with locked(case):
        withdraw_from_views(case, journal, lambda *_: None)


def _try_to_catch_up(case: Case, ledger: Ledger, journal: Journal) -> None:
    try:
        with locked(case):
            catch_up(ledger, journal)
    except UsageError:
        # Another process is writing and will bring the ledger up to date itself.
        return
