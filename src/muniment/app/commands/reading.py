"""`process` and `rebuild`: what was taken in is read, and what follows from it is made."""

import time
from pathlib import Path

import click

from muniment.app.commands.options import (
    case_argument,
    engine_option,
    json_option,
    passphrase_option,
    passwords_option,
    workers_option,
)
from muniment.app.password_file import candidates_in
from muniment.app.progress import ProgressLine
from muniment.app.session import ACTOR, TOOL, Writing, writing
from muniment.app.show import hint, most_first, print_json, say
from muniment.catalog import RECORDED, Bounds, Plan, Trial, given, open_ledger, totals, unlock
from muniment.catalog import process as process_case
from muniment.catalog import rebuild as rebuild_case
from muniment.readers import DEFAULT_LIMITS, isolation_report

_WITH_PROBLEMS = 5


@click.command()
@case_argument
@workers_option
@engine_option
@passwords_option
@click.option("--strict", is_flag=True, help="Leave with exit code 5 where a source has problems.")
@click.option(
    "--ocr",
    metavar="LANGS|auto|off",
    default="",
    help="Languages of pages that are pictures, such as rus+uig; `auto` takes every one at hand. "
    "Without it, those used before, or else `auto`.",
)
@passphrase_option
@json_option
def process(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    case: Path,
    workers: int,
    engine: str,
    ocr: str,
    password_file: Path | None,
    passphrase_file: Path | None,
    strict: bool,
    as_json: bool,
) -> int:
    """Read what has not been read, and bring the index and the tables up to date.

    With --passwords, what is locked is tried with each of them; those that open something are kept
    in the case's key ring. Pages and pictures without text are read as pictures last, some seconds
    each. Can be stopped at any time; given again, it goes on where it was.
    """
    candidates = () if password_file is None else given(candidates_in(password_file))
    started = time.monotonic()
    line = ProgressLine(wanted=not as_json)
    with writing(case, passphrase_file) as opened:
        _hint_missing_walls()
        plan = _plan(opened, workers, engine, ocr)
        if len(candidates) == 0:
            done, unlocked = process_case(opened.case, opened.journal, plan, line), 0
        else:
            bounds = Bounds(most=len(candidates))
            trial = Trial(opened.ring, opened.memory_key, bounds, lambda *_: candidates)
            result = unlock(opened.case, opened.journal, plan, trial, line)
            done, unlocked = result.processed, len(result.opened)
        ledger = open_ledger(opened.case)
        whole = totals(ledger)
        ledger.close()
    line.close()
    seconds = round(time.monotonic() - started, 3)
    if as_json:
        print_json(
            {"items": whole.items, "by_state": whole.by_state, "read_now": done.read}
            | {"opened": unlocked, "pages_read_as_pictures": done.pages, "seconds": seconds}
        )
    else:
        say(f"{done.read:,} objects read in {seconds:.1f} s; the case holds {whole.items:,}")
        say("  " + ", ".join(f"{v:,} {k}" for k, v in most_first(whole.by_state)))
        if done.pages > 0:
            say(f"  {done.pages:,} pages and pictures read for letters")
        if len(candidates) > 0:
            say(f"  {unlocked:,} times a password opened something")
        if len(whole.problems) > 0:
            say(f"  {sum(whole.problems.values()):,} problems in the sources")
        hint("next: muniment search CASE WORDS · muniment problems CASE · muniment status CASE")
    return _WITH_PROBLEMS if strict and len(whole.problems) > 0 else 0


@click.command()
@case_argument
@workers_option
@engine_option
@passphrase_option
@json_option
def rebuild(
    case: Path, workers: int, engine: str, passphrase_file: Path | None, *, as_json: bool
) -> None:
    """Throw every projection away and make it again from the vault; print one digest over all.

    Two cases with the same received files, opened with the same passwords, have the same digest.
    """
    line = ProgressLine(wanted=not as_json)
    with writing(case, passphrase_file) as opened:
        _hint_missing_walls()
        plan = _plan(opened, workers, engine)
        digest = rebuild_case(opened.case, opened.journal, plan, line)
    line.close()
    if as_json:
        print_json({"digest": digest.hex})
    else:
        say(f"digest over all projections  {digest.hex}")


def _hint_missing_walls() -> None:
    """Say, before hostile files are read, which walls around the readers this machine lacks."""
    missing = [each.name for each in isolation_report() if not each.active]
    if len(missing) > 0:
        hint(
            f"this machine lacks walls around the readers: {', '.join(missing)}; what is left holds"
            " (`muniment status CASE` says why)"
        )


def _plan(opened: Writing, workers: int, engine: str, ocr: str = RECORDED) -> Plan:
    return Plan(workers, DEFAULT_LIMITS, ACTOR, TOOL, engine, opened.ring, ocr)
