"""`coverage`: what was read, what was not, why, and what to do about it."""

from pathlib import Path

import click
import msgspec

from muniment.app.commands.options import case_argument, json_option, limit_option
from muniment.app.commands.ways import way
from muniment.app.looking_session import reading
from muniment.app.show import plain, print_json, say, size, table, wrapped
from muniment.catalog import (
    ContainerView,
    Coverage,
    KindCoverage,
    Lack,
    Ledger,
    chain,
)
from muniment.catalog import coverage as coverage_of
from muniment.core import parse_digest

_STATES = ("read", "empty", "locked", "refused", "unreadable", "pending")
_COUNTED = ("read", "read_in_part", *_STATES[1:])


@click.command()
@case_argument
@limit_option
@json_option
def coverage(case: Path, limit: int, *, as_json: bool) -> None:
    """Say what of the case was read, what was not, why, and what to do next.

    By kind of file; by container, those that lost most first; by reason, with a next step each.
    """
    with reading(case) as (_, ledger):
        found = coverage_of(ledger)
        if as_json:
            print_json(msgspec.to_builtins(found))
            return
        say(headline(found.total))
        _say_kinds(found)
        _say_containers(ledger, found.containers, limit)
        _say_lacks(ledger, found.lacks, limit)


def headline(total: KindCoverage) -> str:
    """One line: how much of the case was read, and what is missing."""
    share = "" if total.read_share is None else f", {total.read_share:.1%} of {size(total.bytes)}"
    states = ((name, getattr(total, name)) for name in _STATES)
    counts = ", ".join(f"{count:,} {name}" for name, count in states if count > 0)
    if total.read_in_part > 0:
        counts += f" ({total.read_in_part:,} of those read are read in part)"
    return f"{total.objects:,} objects: {counts}{share} read"


def _say_kinds(found: Coverage) -> None:
    shown = [name for name in _COUNTED if getattr(found.total, name) > 0]
    named = (name.replace("_", " ") for name in shown)
    columns = ("kind", "objects", *named, "pages without text", "bytes", "bytes read")
    table(columns, (_row(each, shown) for each in (*found.kinds, found.total)))


def _row(kind: KindCoverage, states: list[str]) -> tuple[str, ...]:
    counts = (getattr(kind, name) for name in ("objects", *states, "pages_without_text"))
    share = "" if kind.read_share is None else f"{kind.read_share:.1%}"
    shown = (f"{count:,}" if count > 0 else "·" for count in counts)
    return (kind.kind, *shown, size(kind.bytes), share)


def _say_containers(ledger: Ledger, held: tuple[ContainerView, ...], limit: int) -> None:
    lacking = [each for each in held if each.failed > 0]
    announced, came = sum(c.announced for c in held), sum(c.emitted for c in held)
    say()
    say(f"{len(held):,} containers announce {announced:,} files; {came:,} came out")
    if len(lacking) == 0:
        return
    rows = (
        (_way(ledger, each.sha256), f"{each.announced:,}", f"{each.emitted:,}", f"{each.failed:,}")
        for each in lacking[:limit]
    )
    table(("container", "announced", "came out", "lost"), rows)
    if len(lacking) > limit:
        say(f"… and {len(lacking) - limit:,} more")


def _say_lacks(ledger: Ledger, lacks: tuple[Lack, ...], limit: int) -> None:
    if len(lacks) == 0:
        say()
        say("nothing is missing")
        return
    say()
    say("what is missing, and what to do")
    for lack in lacks[:limit]:
        often = f" ({lack.count:,} times)" if lack.count != lack.objects else ""
        say()
        wrapped(f"{lack.objects:>6,}  ", f"{lack.what}: {plain(lack.reason)}{often}")
        if lack.example != "":
            wrapped(" " * 8, f"such as {_way(ledger, lack.example)}")
        wrapped(f"{'':<6}→ ", lack.next_step)
    if len(lacks) > limit:
        say()
        say(f"… and {len(lacks) - limit:,} more: give a larger --limit")


def _way(ledger: Ledger, sha256: str) -> str:
    return way(chain(ledger, parse_digest(sha256)))
