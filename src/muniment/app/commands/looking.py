"""`items`, `problems`, `status`, `text`, `search`, `show`, `trace`, `sql`: what the case holds."""

import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import click
import msgspec

from muniment.app.commands.covering import headline
from muniment.app.commands.options import (
    case_argument,
    citation_of_argument,
    json_option,
)
from muniment.app.commands.ways import way
from muniment.app.commands.why_empty import say_why_empty
from muniment.app.looking_session import reading
from muniment.app.place_fields import place_fields
from muniment.app.session import journal_of
from muniment.app.show import (
    most_first,
    plain,
    print_json,
    print_json_lines,
    say,
    size,
    table,
    wrapped,
)
from muniment.app.surroundings import surroundings
from muniment.catalog import (
    ItemView,
    Ledger,
    ProblemView,
    chain,
    containers,
    coverage,
    facts_counted,
    full_text,
    locked_objects,
    object_named,
    parts_of,
    query,
    reading_of,
    recorded_settings,
    standing_at,
    step_for_state,
    tasks_counted,
    totals,
    unread_without_problem,
)
from muniment.catalog import items as list_items
from muniment.catalog import problems as list_problems
from muniment.core import State, UsageError, parse_digest
from muniment.readers import isolation_report
from muniment.readers.ocr import OcrSettings, readable_languages

_LOCKED_SHOWN = 20  # locked files that `status` names
_SHOWN = 200  # things of one place that `show` prints for people


@click.command()
@case_argument
@json_option
def items(case: Path, *, as_json: bool) -> None:
    """List every object: names, where it lay, type, state, reader."""
    with reading(case) as (_, ledger):
        if as_json:
            print_json_lines(list_items(ledger))
            return
        for item in list_items(ledger):
            say(f"{item.sha256[:16]}  {item.state:<10} {_named(item)}  [{item.type}]")
            if item.reason != "":
                say(f"{'':<16}  {'':<10} {plain(item.reason)}")
            if item.state == "locked":
                step = step_for_state(State.LOCKED, item.reason)
                say(f"{'':<16}  {'':<10} → {step}")


@click.command()
@case_argument
@json_option
def problems(case: Path, *, as_json: bool) -> None:
    """List all trouble in the sources, each with its place; then what was not read at all."""
    with reading(case) as (_, ledger):
        if as_json:
            print_json_lines(list_problems(ledger))
            return
        for file, found in groupby(list_problems(ledger), key=lambda each: each.sha256):
            _say_problems(ledger, file, found)
        _say_unread(ledger)


@click.command()
@case_argument
@json_option
def status(case: Path, *, as_json: bool) -> None:
    """Say what the case holds, what is missing, and what protects the reading."""
    with reading(case) as (opened, ledger):
        whole, held = totals(ledger), list(containers(ledger))
        covered, closed = coverage(ledger), locked_objects(ledger)
        ways = [way(chain(ledger, each.digest)) for each in closed[:_LOCKED_SHOWN]]
        chosen, tasks = recorded_settings(ledger), tasks_counted(ledger)
        with journal_of(opened) as journal:
            log = {"size": journal.size, "root": journal.root().hex}
        facts = facts_counted(ledger)
    isolation = {
        each.name: "active" if each.active else f"not active: {each.detail}"
        for each in isolation_report()
    }
    around = surroundings()
    pictures = _pictures(chosen, tasks)
    if as_json:
        print_json(
            msgspec.to_builtins(whole)
            | {"containers": msgspec.to_builtins(held), "isolation": isolation}
            | {"log": log, "surroundings": around, "ocr": pictures}
            | {"facts": facts}
            | {"coverage": covered.total, "locked": [each.digest.hex for each in closed]}
        )
        return
    say(f"{whole.items:,} objects, {whole.received:,} of them received, {size(whole.bytes)}")
    table(("state", "objects"), ((k, f"{v:,}") for k, v in most_first(whole.by_state)))
    table(
        ("type", "objects"), ((k or "(not read)", f"{v:,}") for k, v in most_first(whole.by_type))
    )
    if len(whole.problems) > 0:
        table(("problem", "count"), ((k, f"{v:,}") for k, v in most_first(whole.problems)))
    say()
    say(headline(covered.total))
    say("`muniment coverage CASE` says what is missing, and what to do")
    _say_locked(ways, len(closed))
    lacking = [each for each in held if each.failed > 0]
    say(f"containers: {len(held):,}, of which {len(lacking):,} announced more than came out")
    for each in lacking[:_SHOWN]:
        counts = f"announced {each.announced:,}, came out {each.emitted:,}, failed {each.failed:,}"
        say(f"  {each.sha256[:16]}  {plain(each.name)}: {counts}")
    if facts["tables"] > 0:
        say(
            f"facts: {facts['statements']:,} statements of {facts['entities']:,} entities in "
            f"{facts['tables']:,} tables, {facts['unread']:,} of them not read"
        )
    say(f"journal: {log['size']} events, root {log['root']}")
    active = [name for name, state in isolation.items() if state == "active"]
    say(f"reading is isolated by: {', '.join(active)}")
    for name, state in isolation.items():
        if state != "active":
            say(f"  {name} is {state}")
    say(f"pictures can be read in: {', '.join(pictures['languages'])}")
    if tasks.get("pending", 0) > 0:
        say(f"  {tasks['pending']:,} of their tasks wait for `muniment process`")
    say("on this system: " + ", ".join(f"{name} {state}" for name, state in around.items()))


@click.command()
@case_argument
@click.argument("sha256")
def text(case: Path, sha256: str) -> None:
    """Print the whole text read from one object, in reading order."""
    with reading(case) as (opened, ledger):
        digest = object_named(ledger, sha256)
        record = reading_of(opened, digest)
        if record is None:
            raise UsageError(
                f"{sha256} has not been read, or is not in this case",
                next_step="run `muniment process CASE`; `muniment items CASE` lists every object",
            )
        empty = True
        for line in full_text(parts_of(opened, digest), record.media_type):
            empty = False
            shown = _for_terminal(line) if sys.stdout.isatty() else line
            sys.stdout.buffer.write(shown.encode("utf-8", "surrogatepass"))
        if empty:
            say_why_empty(opened, digest)


@click.command()
@case_argument
@click.argument("citation")
@json_option
def show(case: Path, citation: str, *, as_json: bool) -> None:
    """Show what stands at CITATION, and the way from there back to the delivery."""
    place = citation_of_argument(citation)
    with reading(case) as (opened, ledger):
        links = chain(ledger, place.digest)
        found = list(standing_at(parts_of(opened, place.digest), place.place))
        if len(found) == 0:
            say_why_empty(opened, place.digest)
    if as_json:
        print_json(place_fields(place, found) | {"chain": msgspec.to_builtins(links)})
        return
    for each in found[:_SHOWN]:
        beside = f"   (written {plain(each.written)})" if each.written != each.shown else ""
        say(f"{each.kind:<9} {plain(each.shown)}{beside}")
    if len(found) > _SHOWN:
        say(f"… and {len(found) - _SHOWN:,} more")
    if len(found) == 0:
        say("nothing was read at that place")
    say(f"in        {way(links)}")


@click.command()
@case_argument
@click.argument("sql")
@json_option
def sql(case: Path, sql: str, *, as_json: bool) -> None:
    """Answer one SELECT over the tables items, containments, problems, cells, texts, metadata.

    And over coverage, lacks, decryptions and near_duplicates: what was read, what was not, what
    was opened, what is alike.
    """
    with reading(case) as (opened, _):
        rows = query(opened.work / "tables", sql)
        if as_json:
            print_json_lines(rows)
            return
        first = next(rows, None)
        if first is None:
            say("no rows")
            return
        say("\t".join(first))
        say("\t".join(plain(str(value)) for value in first.values()))
        for row in rows:
            say("\t".join(plain(str(value)) for value in row.values()))


def _say_locked(ways: list[str], count: int) -> None:
    if count == 0:
        return
    say()
    say(f"locked, and a password may open it: {count:,}")
    for each in ways:
        say(f"  {each}")
    if count > len(ways):
        say(f"  … and {count - len(ways):,} more")
    wrapped("  → ", step_for_state(State.LOCKED, ""))
    say()


def _pictures(chosen: OcrSettings | None, tasks: dict[str, int]) -> dict[str, Any]:
    return {
        "languages": list(readable_languages()),
        "chosen": None if chosen is None else list(chosen.languages),
        "tasks": tasks,
    }


def _named(item: ItemView) -> str:
    name = plain(item.names[0]) if len(item.names) > 0 and item.names[0] != "" else "(no name)"
    return f"{name}, in {item.parents[0].sha256[:16]}" if len(item.parents) > 0 else name


def _say_problems(ledger: Ledger, file: str | None, found: Iterable[ProblemView]) -> None:
    """The trouble of one file under its name; entries that did not arrive name themselves."""
    if file is not None:
        say(way(chain(ledger, parse_digest(file))))
    for problem in found:
        if file is None:
            say(plain(problem.name or ""))
        say(f"    {problem.code}: {plain(problem.message)}")
        if problem.at is not None:
            say(f"    {problem.at}")


def _say_unread(ledger: Ledger) -> None:
    """What was not read, and no problem says so: refused by a rule or a limit, or locked."""
    unread = list(unread_without_problem(ledger))
    if len(unread) == 0:
        return
    say()
    say(f"not read at all, for a reason that is no trouble in the source: {len(unread):,} objects")
    for each in unread:
        say(way(chain(ledger, parse_digest(each.sha256))))
        say(f"    {each.state}: {plain(each.reason)}")
        say(f"    → {step_for_state(State(each.state), each.reason)}")


def _for_terminal(line: str) -> str:
    """A line of a source file whose tabs and newlines stay and whose other controls are shown."""
    return "\n".join("\t".join(map(plain, row.split("\t"))) for row in line.split("\n"))
