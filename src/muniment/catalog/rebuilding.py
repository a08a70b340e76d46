"""Throws every projection away and makes it again from the vault alone.

- The old projections leave in one rename; a kill afterwards costs only giving the command again.
"""

import os
import shutil
from contextlib import closing

from muniment.catalog.fingerprint import fingerprint
from muniment.catalog.processing import Plan, Progress, open_ledger, process
from muniment.catalog.searching.engines import open_engine
from muniment.core import Digest
from muniment.vault import Case, Journal

_DISCARDED = "work.discarded"


def rebuild(case: Case, journal: Journal, plan: Plan, progress: Progress) -> Digest:
    """Make every projection again; one digest over all of them. The caller holds the lock."""
    discarded = case.folder / _DISCARDED
    shutil.rmtree(discarded, ignore_errors=True)
    if case.work.exists():
        os.rename(case.work, discarded)
    case.work.mkdir(exist_ok=True)
    process(case, journal, plan, progress)
    shutil.rmtree(discarded, ignore_errors=True)
    ledger = open_ledger(case)
    try:
        with closing(open_engine(case)) as engine:
            return fingerprint(case, ledger, engine)
    finally:
        ledger.close()
