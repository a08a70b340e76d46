"""`trace`: how a place leads back to the delivery and the signed journal."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import msgspec

from muniment.app.commands.options import case_argument, citation_of_argument, json_option
from muniment.app.commands.ways import step_name
from muniment.app.session import journal_of, reading
from muniment.app.show import plain, print_json, say
from muniment.catalog import Link, chain, parts_of, standing_at
from muniment.vault import Case, Proved, prove_event

_SHOWN = 20  # parts of one place that `trace` prints for people


@click.command()
@case_argument
@click.argument("citation")
@json_option
def trace(case: Path, citation: str, *, as_json: bool) -> None:
    """Follow CITATION back: place, file, container, delivery, signed journal."""
    place = citation_of_argument(citation)
    with reading(case) as (opened, ledger):
        links = chain(ledger, place.digest)
        found = [each.shown for each in standing_at(parts_of(opened, place.digest), place.place)]
    proved = _prove(opened, links[-1])
    if as_json:
        print_json(
            {
                "citation": str(place),
                "found": found,
                "chain": msgspec.to_builtins(links),
                "proof": None if proved is None else _proof_fields(proved),
            }
        )
        return
    say(str(place))
    for text in found[:_SHOWN]:
        say(f"  reads      {plain(text)}")
    if len(found) > _SHOWN:
        say(f"  …          and {len(found) - _SHOWN:,} more")
    _say_chain(links)
    _say_proof(proved)


def _prove(case: Case, delivered: Link) -> Proved | None:
    if delivered.event is None:
        return None
    with journal_of(case) as journal:
        return prove_event(journal, delivered.event)


def _say_chain(links: Sequence[Link]) -> None:
    say(f"  file       {step_name(links[0])}")
    say(f"             sha256 {links[0].sha256}")
    for inner, outer in pairwise(links):
        say(f"  in         {step_name(outer)}, where it is {inner.relation} {inner.index}")
        say(f"             sha256 {outer.sha256}")
    say(f"  received   event {links[-1].event} of the journal")


def _proof_fields(proved: Proved) -> dict[str, Any]:
    return {
        "event": proved.event.seq,
        "at": proved.event.at.isoformat(),
        "leaf": proved.event.leaf.hex,
        "steps": proved.steps,
        "checkpoint": proved.size,
        "root": proved.root,
        "verifier_key": proved.key,
    }


def _say_proof(proved: Proved | None) -> None:
    if proved is None:
        say("  no checkpoint covers that event yet: the next command that writes signs one")
        return
    say(f"  recorded   {proved.event.at:%Y-%m-%d %H:%M:%S} UTC, by this machine's clock")
    say(f"  proved     by {proved.steps} hashes to the root of {proved.size} events")
    say(f"             root   {proved.root}")
    say(f"             signed {proved.key}")
