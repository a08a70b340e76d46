"""`similar`: what says nearly the same as an object, and where else the same bytes lie."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from muniment.app.commands.options import (
    case_argument,
    citation_of_argument,
    json_option,
    limit_option,
    workers_option,
)
from muniment.app.commands.ways import way
from muniment.app.looking_session import reading
from muniment.app.show import hint, plain, print_json, say
from muniment.catalog import (
    SAME_TEXT,
    Ledger,
    Pair,
    chain,
    names_of,
    near_duplicates,
    open_ledger,
    prepare_scratch,
)
from muniment.core import Digest, parse_digest
from muniment.engine import LOCAL, start_workers
from muniment.readers import DEFAULT_LIMITS
from muniment.vault import locked, open_case


@click.command()
@case_argument
@click.argument("citation", required=False)
@click.option("--pictures", is_flag=True, help="Compare pictures too; each is decoded once more.")
@limit_option
@workers_option
@json_option
def similar(  # noqa: PLR0913 - one parameter for each option of the command
    *, case: Path, citation: str | None, pictures: bool, limit: int, workers: int, as_json: bool
) -> None:
    """Show what says nearly the same as the object of CITATION; without one, all such pairs.

    A lead and no verdict: two filled-in forms are alike too. Equal bytes are one object; the names
    under which it lies are shown apart. With --pictures, copies of pictures that were saved again,
    made smaller or brighter are found too; who is on them is never asked.
    """
    if pictures:
        _compare_pictures(case, workers)
    digest = None if citation is None else citation_of_argument(citation).digest
    with reading(case) as (_, ledger):
        if digest is not None:
            chain(ledger, digest)  # it must be an object of this case
        pairs = list(_first(near_duplicates(ledger, digest), limit))
        if as_json:
            for pair in pairs:
                print_json(_fields(ledger, pair, digest))
            return
        if digest is not None:
            _say_same_bytes(ledger, digest)
        if len(pairs) == 0:
            say("nothing that was read says nearly the same")
        for pair in pairs:
            _say(ledger, pair, digest)
    hint("compare them yourself: muniment text CASE SHA256")


def _compare_pictures(case: Path, workers: int) -> None:
    # It works with numpy, which would slow the start of every command.
    from muniment.catalog.picture_pairs import bring_pictures_up_to_date  # noqa: PLC0415

    opened = open_case(case)
    with locked(opened):
        prepare_scratch(opened)
        ledger = open_ledger(opened)
        try:
            limits = DEFAULT_LIMITS
            modules = ("muniment.catalog.picture_pairs",)
            with start_workers(LOCAL, workers, limits.time_s * 2 + 60, modules) as pool:
                bring_pictures_up_to_date(opened, ledger, limits, pool)
        finally:
            ledger.close()


def _first(pairs: Iterator[Pair], limit: int) -> Iterator[Pair]:
    for number, pair in enumerate(pairs):
        if number >= limit:
            return
        yield pair


def _fields(ledger: Ledger, pair: Pair, digest: Digest | None) -> dict[str, Any]:
    one, other = _in_order(pair, digest)
    return {
        "sha256": one.hex,
        "other": other.hex,
        "kind": pair.kind,
        "similarity": pair.similarity,
        "names": list(names_of(ledger, other)),
    }


def _in_order(pair: Pair, digest: Digest | None) -> tuple[Digest, Digest]:
    """The object that was asked for first."""
    one, other = parse_digest(pair.a), parse_digest(pair.b)
    return (other, one) if other == digest else (one, other)


def _say_same_bytes(ledger: Ledger, digest: Digest) -> None:
    names = names_of(ledger, digest)
    say(f"the same bytes lie under {len(names):,} name{'s' if len(names) != 1 else ''}")
    for name in names:
        say(f"  {plain(name)}")
    say()


def _say(ledger: Ledger, pair: Pair, digest: Digest | None) -> None:
    one, other = _in_order(pair, digest)
    alike = "the same text" if pair.kind == SAME_TEXT else f"{pair.similarity:.1%} alike"
    if digest is None:
        say(f"{alike}: {way(chain(ledger, one))}")
        say(f"{'':>{len(alike)}}  {way(chain(ledger, other))}")
    else:
        say(f"{alike}: {way(chain(ledger, other))}")
    say(f"{'':>{len(alike)}}  {other.hex}")
