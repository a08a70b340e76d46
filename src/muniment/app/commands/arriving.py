"""`init` and `intake`: a case is made and filled."""

import os
import secrets
from pathlib import Path

import click
import msgspec

from muniment.app.commands.options import (
    case_argument,
    json_option,
    passphrase_option,
    workers_option,
)
from muniment.app.progress import ProgressLine
from muniment.app.session import ACTOR, TOOL, now, passphrase, writing
from muniment.app.show import hint, plain, print_json, say, size
from muniment.core import UsageError, stated
from muniment.vault import Delivery, Founding, create_case, new_header, print_time, take_in

_BY_HAND = "cd FILES; find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum -z | sha256sum"


@click.command()
@case_argument
@passphrase_option
@json_option
def init(case: Path, passphrase_file: Path | None, *, as_json: bool) -> None:
    """Make a new case in the folder CASE.

    The case gets a signing key of its own. With --passphrase-file the key is kept encrypted, and
    every command that writes to the case needs that file again.
    """
    moment = now()
    header = new_header(secrets.token_hex(16), print_time(moment))
    made = create_case(case, Founding(header, ACTOR, TOOL, now, passphrase(passphrase_file)))
    if as_json:
        print_json({"case": header.case, "folder": str(case), "verifier_key": str(made)})
        return
    say(f"made the case {case}")
    say(f"key    {made}")
    hint("next: muniment intake CASE FOLDER. Give the key to your partners by another channel.")


@click.command()
@case_argument
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--from", "source", help="Who or where it comes from, in the words you were given.")
@click.option("--channel", help="How it reached you: drive, upload, post …")
@click.option("--custodian", help="Who holds it; a role or pseudonym, never a name.")
@click.option("--note", help="What was said about it, word for word.")
@workers_option
@passphrase_option
@json_option
def intake(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    case: Path,
    paths: tuple[str, ...],
    source: str | None,
    channel: str | None,
    custodian: str | None,
    note: str | None,
    workers: int,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Take files and folders into CASE: copied, hashed, and written down.

    Nothing of the originals is changed. Links are not followed; devices and pipes are not opened.
    """
    delivery = Delivery(
        roots=_existing(case, paths),
        actor=ACTOR,
        tool=TOOL,
        source=stated(source),
        channel=stated(channel),
        custodian=stated(custodian),
        context=stated(note),
    )
    line = ProgressLine(wanted=not as_json)
    with writing(case, passphrase_file) as opened:
        receipt = take_in(
            delivery,
            opened.case.received,
            opened.journal,
            workers=workers,
            progress=lambda files, _bytes: line("taken in", files, 0),
        )
    line.close()
    if as_json:
        print_json(msgspec.to_builtins(receipt) | {"receipt": receipt.receipt.hex})
        return
    say(
        f"received  {receipt.received:,} files, {receipt.objects:,} distinct, {size(receipt.bytes)}"
    )
    say(f"problems  {receipt.problems:,}")
    say(f"receipt   {receipt.receipt.hex}")
    hint("next: muniment process CASE")
    if len(paths) == 1 and os.path.isdir(paths[0]):
        hint("whoever handed the files over can compute the same receipt:")
        hint(f"      {_BY_HAND}")


def _existing(case: Path, paths: tuple[str, ...]) -> tuple[bytes, ...]:
    """The paths as bytes; all must exist and lie outside the case before any is touched."""
    home = _as_folder(os.fsencode(case))
    roots = []
    for path in paths:
        raw = os.fsencode(path)
        if not os.path.lexists(raw):
            raise UsageError(
                f"{plain(path)} is not there",
                next_step="check the path; nothing was taken in",
            )
        real = _as_folder(raw)
        if real.startswith(home) or home.startswith(real):
            raise UsageError(
                f"{plain(path)} and the case lie inside each other",
                next_step="take in a folder that does not hold the case, nor lie in it",
            )
        roots.append(raw)
    return tuple(roots)


def _as_folder(path: bytes) -> bytes:
    """The real path with one '/' at its end, so that a prefix is a folder around it."""
    return os.path.realpath(path).rstrip(b"/") + b"/"
