"""Completes the index of a case that is about to be searched, if nobody is writing just then."""

from muniment.app.progress import ProgressLine
from muniment.app.show import hint
from muniment.catalog import Ledger, index_case, index_is_current
from muniment.core import UsageError
from muniment.vault import Case, locked


def bring_index_up_to_date(case: Case, ledger: Ledger) -> None:
    """Put into the index what a command that was cut off, or an older version, left out of it.

    Raises:
        UsageError: there is no index to search, and another process is writing.
    """
    current = index_is_current(case)
    if (current and next(ledger.not_yet("indexed"), None) is None) or not ledger.writable:
        return
    try:
        with locked(case):
            hint("note: the index is not complete, or of another version: it is made again")
            line = ProgressLine(wanted=True)
            index_case(case, ledger, line)
            line.close()
    except UsageError:
        if not current:
            raise
        hint("note: another process is at work: what it has not indexed yet is not found")
