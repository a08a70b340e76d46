"""`trace` and `verify`: how a place leads back to the delivery, and what is proved of it all."""

import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import msgspec

from muniment.app.commands.options import (
    case_argument,
    citation_of_argument,
    json_option,
    verifier_key,
)
from muniment.app.commands.ways import step_name
from muniment.app.looking_session import reading
from muniment.app.progress import ProgressLine
from muniment.app.session import journal_of
from muniment.app.show import plain, print_json, say
from muniment.catalog import Link, chain, parts_of, projection_failures, standing_at
from muniment.core import Digest, Error
from muniment.publish import check_kept_logs
from muniment.vault import (
    Case,
    CommitmentLists,
    Event,
    ObjectCheck,
    Proved,
    Unsound,
    Waiting,
    links_in,
    missing_keys,
    open_case,
    prove_event,
    verify_journal,
)

_UNSOUND = 3
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
        found = list(standing_at(parts_of(opened, place.digest), place.place))
    proved = _prove(opened, links[-1])
    if as_json:
        print_json(
            {
                "citation": str(place),
                "found": [each.shown for each in found],
                "chain": msgspec.to_builtins(links),
                "proof": None if proved is None else _proof_fields(proved),
            }
        )
        return
    say(str(place))
    for each in found[:_SHOWN]:
        kind = "reads" if each.kind in {"cell", "text"} else each.kind
        say(f"  {kind:<10} {plain(each.shown)}")
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


@click.command()
@case_argument
@click.option("--key", "pinned", help="The case's verifier key, as you got it by another channel.")
@click.option("--witness", "witnesses", multiple=True, help="A partner's verifier key.")
@json_option
def verify(case: Path, pinned: str | None, witnesses: tuple[str, ...], *, as_json: bool) -> int:
    """Hash every object again and prove the journal; name everything that is not as recorded.

    Changes nothing, so it also works on a read-only copy.
    """
    opened = open_case(case)
    keys = () if pinned is None else (verifier_key(pinned),)
    partners = tuple(verifier_key(each) for each in witnesses)
    threads = os.cpu_count() or 1
    line = ProgressLine(wanted=not as_json)
    check = ObjectCheck(opened.received, threads=threads, progress=line)
    journal = verify_journal(opened.journal_folder, opened.header_bytes, keys, partners)
    failures = [Unsound(each.what, each.where, each.why) for each in journal.failures]
    failures += [
        Unsound("link", str(path), "a part of the case's structure leads outside it")
        for path in links_in(opened)
    ]
    failures += check.failures(_received(opened))
    failures += CommitmentLists(opened.vault / "commitments").failures(_events(opened))
    failures += missing_keys(opened.key_ring_folder, _events(opened))
    line("projections checked", 0, 0)
    failures += Waiting(opened.waiting_folder).failures()
    failures += projection_failures(opened, threads=threads)
    failures += [
        Unsound("partner's journal", each.where, each.why) for each in check_kept_logs(opened.vault)
    ]
    line.close()
    if as_json:
        counts = {"objects": check.objects, "events": journal.size}
        notes = [msgspec.to_builtins(note) for note in journal.notes]
        print_json({"ok": len(failures) == 0} | counts | {"failures": failures, "notes": notes})
        return _UNSOUND if len(failures) > 0 else 0
    for note in journal.notes:
        if note.what != "no trusted key":  # said in plain words at the end
            say(f"note: {note.what}: {plain(note.where)}: {plain(note.why)}")
    for each in failures:
        say(f"FAILED {each.what}: {plain(each.where)}: {plain(each.why)}")
    covered = max(journal.checkpoints, default=0)
    proved = f"{covered:,} events and {len(journal.checkpoints):,} checkpoints proved"
    say(f"{check.objects:,} objects hashed, {proved}, {len(failures):,} failures")
    if pinned is None:
        say("the key was taken from the case itself: give --key to rule out that all was replaced")
    return _UNSOUND if len(failures) > 0 else 0


def _events(case: Case) -> Iterator[Event]:
    """The events as far as they can be read: the journal's own check names where they cannot."""
    try:
        with journal_of(case) as journal:
            yield from journal.events()
    except (Error, OSError):
        return


def _received(case: Case) -> Iterator[Digest]:
    for event in _events(case):
        if event.event == "ingestion":
            yield from event.objects
