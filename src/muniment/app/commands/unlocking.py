"""`unlock`: passwords that lie in the case itself are tried on what is locked in it."""

import sys
import time
from collections.abc import Iterable
from itertools import chain as one_after_another
from pathlib import Path

import click

from muniment.app.commands.options import (
    case_argument,
    json_option,
    passphrase_option,
    passwords_option,
    workers_option,
)
from muniment.app.commands.ways import way
from muniment.app.password_file import candidates_in
from muniment.app.progress import ProgressLine
from muniment.app.session import ACTOR, TOOL, writing
from muniment.app.show import hint, plain, print_json, say
from muniment.catalog import (
    Bounds,
    Candidate,
    Ledger,
    LockedObject,
    Opened,
    Plan,
    Search,
    Trial,
    chain,
    given,
    locked_objects,
    open_ledger,
)
from muniment.catalog import unlock as unlock_case
from muniment.core import Secret, UsageError
from muniment.readers import DEFAULT_LIMITS
from muniment.vault import KeyRing

_SHOWN = 50  # locked objects that are listed for people


@click.command()
@case_argument
@click.option(
    "--most",
    type=click.IntRange(1, 10_000_000),
    default=5_000,
    show_default=True,
    help="Passwords to try on one file.",
)
@click.option(
    "--seconds",
    type=click.IntRange(1, 10_000_000),
    default=900,
    show_default=True,
    help="When to stop trying.",
)
@passwords_option
@click.option("--show-passwords", is_flag=True, help="Print what opened, on a terminal only.")
@workers_option
@passphrase_option
@json_option
def unlock(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    case: Path,
    most: int,
    seconds: int,
    password_file: Path | None,
    show_passwords: bool,
    workers: int,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Try on what is locked the passwords that stand in the case, the likeliest first.

    First those given and those that opened other files; then what stands behind a word for
    "password", names, what looks like one in texts near the file, and common forms. What opens is
    read at once; where its password stands is recorded in the journal, the password in the key
    ring alone. Can be stopped at any time; given again, it tries what it has not tried.
    """
    if show_passwords and (as_json or not sys.stdout.isatty()):
        raise UsageError(
            "passwords are printed on a terminal only",
            next_step="leave --show-passwords out; the key ring keeps them for the next reading",
        )
    secrets = () if password_file is None else candidates_in(password_file)
    started = time.monotonic()
    line = ProgressLine(wanted=not as_json)
    with writing(case, passphrase_file) as opened:
        plan = Plan(workers, DEFAULT_LIMITS, ACTOR, TOOL, ring=opened.ring)
        bounds = Bounds(most, started + seconds)
        offers = _Offers(opened.case.work / "tables", opened.ring, secrets)
        trial = Trial(opened.ring, opened.memory_key, bounds, offers)
        done = unlock_case(opened.case, opened.journal, plan, trial, line)
        line.close()
        ledger = open_ledger(opened.case)
        try:
            left = locked_objects(ledger)
            if as_json:
                print_json(
                    {"opened": [_fields(each) for each in done.opened], "tried": done.tried}
                    | {"locked": [each.digest.hex for each in left]}
                    | {"seconds": round(time.monotonic() - started, 3)}
                )
                return
            _say_opened(ledger, done.opened, show_passwords=show_passwords)
            say(f"{done.tried:,} passwords tried in {time.monotonic() - started:.0f} s")
            _say_locked(ledger, left)
        finally:
            ledger.close()


class _Offers:
    """What is tried on each object: given, known, then what the case itself holds."""

    def __init__(self, tables: Path, ring: KeyRing, secrets: tuple[Secret, ...]) -> None:
        self._tables = tables
        self._ring = ring
        self._given = given(secrets)
        self._search: tuple[int, Search] | None = None

    def __call__(self, ledger: Ledger, locked: LockedObject) -> Iterable[Candidate]:
        known = [Candidate(key.secret, "known from another file") for key in self._ring.contents()]
        return one_after_another(self._given, known, self._found(ledger, locked))

    def _found(self, ledger: Ledger, locked: LockedObject) -> Iterable[Candidate]:
        size = len(ledger.batches())
        if self._search is None or self._search[0] != size:
            self._search = (size, Search(self._tables))
        return self._search[1].candidates(ledger, locked)


def _fields(opened: Opened) -> dict[str, object]:
    return {
        "sha256": opened.digest.hex,
        "key": opened.key.id,
        "scheme": opened.scheme,
        "how": opened.how,
        "places": list(opened.places),
        "outputs": [digest.hex for digest in opened.outputs],
    }


def _say_opened(ledger: Ledger, opened: Iterable[Opened], *, show_passwords: bool) -> None:
    for each in opened:
        say(f"opened  {way(chain(ledger, each.digest))}")
        say(f"        {plain(each.scheme) or each.reader}; the password was {each.how}")
        for place in each.places:
            say(f"        it stands at {place}")
        if show_passwords:
            say(f"        it is {plain(each.key.secret.text)}")


def _say_locked(ledger: Ledger, left: tuple[LockedObject, ...]) -> None:
    if len(left) == 0:
        say("nothing that a password opens is locked")
        return
    say(f"still locked: {len(left):,}")
    for each in left[:_SHOWN]:
        say(f"  {way(chain(ledger, each.digest))}")
    if len(left) > _SHOWN:
        say(f"  … and {len(left) - _SHOWN:,} more")
    hint("next: muniment unlock CASE --passwords FILE, with passwords that you were told,")
    hint("      or give the command again with larger --most and --seconds")
