"""`map`: what the columns of tables state: proposed, confirmed by a person, applied."""

import os
from pathlib import Path
from typing import Any

import click
import msgspec

from muniment.app.commands.noting import by_option
from muniment.app.commands.options import (
    Decorated,
    case_argument,
    json_option,
    limit_option,
    passphrase_option,
)
from muniment.app.looking_session import reading
from muniment.app.progress import ProgressLine
from muniment.app.session import TOOL, Writing, writing
from muniment.app.show import hint, plain, print_json, print_json_lines, say, table
from muniment.app.told_fields import said_of, told_from
from muniment.catalog import Ledger, catch_up, open_ledger
from muniment.catalog.facts import (
    AppliedView,
    MappingView,
    Proposed,
    applied_mappings,
    bring_facts_up_to_date,
    confirmable,
    facts_counted,
    mapping_named,
    mappings,
    misfits,
    proposed_for,
    table_named,
    withdrawal,
)
from muniment.core import UsageError
from muniment.facts import ColumnProposal, parse_mapping, printed_mapping
from muniment.facts.told import RECORDS
from muniment.vault import Decision, decision_draft, tidy, tidy_name

_LONGEST_FILE = 4_000_000  # bytes of a mapping's file
_SHOWN = 30  # letters of a header and of an example


def told_options(command: Decorated) -> Decorated:
    """Add the options by which a person says where the records of a table lie."""
    helps = (
        ("--begins", "Columns in which lists begin, or labels stand, such as A,F."),
        ("--columns", "Columns that are looked at, such as A-H."),
        ("--rows", "Rows of data, such as 5-120, or 5- to the end."),
        ("--headers", "Rows that name the columns, such as 3-4."),
    )
    for name, says in helps:
        command = click.option(name, default="", help=says)(command)
    kinds = "A record a row, lists beside each other, forms, or a column for each record."
    return click.option("--records", type=click.Choice(RECORDS), help=kinds)(command)


@click.group("map")
def map_() -> None:
    """What the columns of tables state: proposed, confirmed by a person, applied."""


@map_.command()
@case_argument
@click.argument("table_name", metavar="TABLE")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Write the proposed mapping into this new file, to be edited and confirmed.",
)
@told_options
@json_option
def suggest(
    case: Path, table_name: str, *, out: Path | None, as_json: bool, **lie: str | None
) -> None:
    """Propose what each column of TABLE states, how sure that is, and why.

    TABLE is a file's name or SHA-256, with #SHEET where it has several, or a citation.

    Where headers and records are is found by rules. Where they are wrong, say it: --records list
    --headers 3-4 --rows 5-120 --columns A-H. It is part of the mapping that is confirmed then.
    """
    told = told_from(lie)
    with reading(case) as (opened, ledger):
        proposed = proposed_for(opened, ledger, table_named(ledger, table_name), told=told)
    if out is not None:
        _write(proposed, out)
    if as_json:
        print_json(_fields(proposed))
    else:
        _say_proposed(proposed)
        if out is None:
            hint("next: muniment map suggest CASE TABLE --out FILE, edit it, then map confirm")


@map_.command()
@case_argument
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--note", default="", help="Why it is so, in your words; kept with the mapping.")
@by_option
@passphrase_option
@json_option
def confirm(  # noqa: PLR0913 - one parameter for each argument and option of the command
    *,
    case: Path,
    file: Path,
    note: str,
    actor: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Confirm the mapping in FILE, and apply it to every table of its shape.

    It is an event of the journal. It replaces the mapping of that shape that stood before.
    """
    mapping = parse_mapping(_read(file))
    if note != "":
        mapping = msgspec.structs.replace(mapping, note=tidy(note))
    with writing(case, passphrase_file) as opened:
        ledger = open_ledger(opened.case, renew=True)
        try:
            catch_up(ledger, opened.journal)
            line = ProgressLine(wanted=not as_json)
            decision = confirmable(opened.case, ledger, mapping, line)
            name = _decide(opened, ledger, decision, actor)
            _apply(opened, ledger, line)
            applied = applied_mappings(ledger, name)
        finally:
            ledger.close()
    _say_applied(name, applied, as_json=as_json)


@map_.command("list")
@case_argument
@json_option
def list_(case: Path, *, as_json: bool) -> None:
    """List every mapping that was confirmed, the newest first, and what became of it."""
    with reading(case) as (_, ledger):
        found = mappings(ledger)
    if as_json:
        print_json_lines(map(_listed, found))
        return
    for each in found:
        title = "(cannot be read)" if each.mapping is None else plain(each.mapping.title)
        say(f"{each.id[:16]}  {each.state}, {each.tables:,} tables  {title}")
        say(f"  event {each.event}, {each.at}, by {plain(each.actor)}")
    if len(found) == 0:
        say("no mapping was confirmed yet")


@map_.command()
@case_argument
@click.argument("name", metavar="ID")
@json_option
def show(case: Path, name: str, *, as_json: bool) -> None:
    """Print the mapping ID as a file that can be edited and confirmed anew."""
    with reading(case) as (_, ledger):
        view = mapping_named(ledger, name)
        applied = applied_mappings(ledger, view.id)
    if as_json:
        print_json(_listed(view) | {"mapping": view.mapping, "applied": applied})
        return
    if view.mapping is None:
        say("another version of Muniment wrote this mapping; this one cannot read it")
        return
    say(printed_mapping(view.mapping).rstrip("\n"))


@map_.command()
@case_argument
@click.argument("name", metavar="ID")
@click.argument("reason", default="")
@by_option
@passphrase_option
@json_option
def withdraw(  # noqa: PLR0913 - one parameter for each argument and option of the command
    *,
    case: Path,
    name: str,
    reason: str,
    actor: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Take the mapping ID back: its statements go, the decision and its history stay."""
    with writing(case, passphrase_file) as opened:
        ledger = open_ledger(opened.case, renew=True)
        try:
            catch_up(ledger, opened.journal)
            view = mapping_named(ledger, name)
            made = _decide(opened, ledger, withdrawal(view, tidy(reason)), actor)
            _apply(opened, ledger, ProgressLine(wanted=not as_json))
        finally:
            ledger.close()
    if as_json:
        print_json({"id": made, "withdrawn": view.id})
    else:
        say(f"withdrew {view.id}")


@map_.command()
@case_argument
@passphrase_option
@json_option
def apply(case: Path, *, passphrase_file: Path | None, as_json: bool) -> None:
    """Apply the mappings that stand to what was read since; `process` does the same."""
    with writing(case, passphrase_file) as opened:
        ledger = open_ledger(opened.case, renew=True)
        try:
            catch_up(ledger, opened.journal)
            _apply(opened, ledger, ProgressLine(wanted=not as_json))
            counted = facts_counted(ledger)
        finally:
            ledger.close()
    if as_json:
        print_json(counted)
        return
    _say_counts(counted)


@map_.command("misfits")
@case_argument
@click.argument("name", metavar="[ID]", default="")
@limit_option
@json_option
def misfits_(case: Path, name: str, *, limit: int, as_json: bool) -> None:
    """List what did not fit the mapping ID, or any: cells not read, rows that are no data."""
    with reading(case) as (opened, ledger):
        source = "" if name == "" else mapping_named(ledger, name).id
        found = list(misfits(opened, source, limit))
        applied = applied_mappings(ledger, source)
    if as_json:
        print_json_lines(found)
        return
    whole: dict[str, int] = {}
    for each in applied:
        for code, count in each.misfits.items():
            whole[code] = whole.get(code, 0) + count
    for code, count in sorted(whole.items(), key=lambda pair: (-pair[1], pair[0])):
        say(f"{count:>9,}  {code}")
    for misfit in found:
        say(f"{misfit.code}: {plain(misfit.says)}")
        say(f"  {misfit.citation}")
    if len(found) == 0:
        say("everything fits")
    elif len(found) == limit:
        say("… and perhaps more: --limit")


def _decide(opened: Writing, ledger: Ledger, decision: Decision, actor: str) -> str:
    """Record a decision; its name."""
    try:
        draft = decision_draft(decision, tidy_name(actor), TOOL)
    except ValueError as why:
        step = "name yourself with --as NAME; no real name is needed"
        raise UsageError(str(why), next_step=step) from why
    (event,) = opened.journal.append([draft])
    catch_up(ledger, opened.journal)
    return event.leaf.hex


def _apply(opened: Writing, ledger: Ledger, line: ProgressLine) -> None:
    bring_facts_up_to_date(opened.case, ledger, line)
    line.close()


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_LONGEST_FILE + 1)
    except OSError as why:
        raise UsageError(
            f"{file} cannot be read: {why.strerror}",
            next_step="name the file that `muniment map suggest --out FILE` wrote",
        ) from why


def _write(proposed: Proposed, out: Path) -> None:
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError as why:
        raise UsageError(
            f"{out} is there already", next_step="name a new file, or move that one"
        ) from why
    with open(handle, "w", encoding="utf-8") as file:
        file.write(printed_mapping(proposed.mapping))


def _fields(proposed: Proposed) -> dict[str, Any]:
    proposal = proposed.proposal
    return {
        "table": {"sha256": proposed.table.sha256, "sheet": proposed.table.sheet},
        "subject": proposal.subject,
        "header_rows": proposal.layout.headers,
        "told": proposed.mapping.told,
        "doubts": proposal.doubts,
        "columns": proposal.columns,
        "mapping": proposed.mapping,
        "standing": None if proposed.standing is None else proposed.standing.id,
    }


def _say_proposed(proposed: Proposed) -> None:
    proposal = proposed.proposal
    rows = (
        (
            str(each.column),
            each.header[:_SHOWN],
            each.property or "",
            each.entity if each.property is not None else "",
            each.reader if each.property is not None else "",
            f"{each.confidence:.2f}" if each.property is not None else "",
            _example(each),
        )
        for each in proposal.columns
    )
    headers = ", ".join(map(str, proposal.layout.headers)) or "none"
    say(f"a table about: {proposal.subject}; rows of headers: {headers}")
    told = proposed.mapping.told
    if told is not None:
        lie = ", ".join(f"{name} {said}" for name, said in said_of(told).items() if said)
        say(f"its records lie as told: {lie}")
    table(("column", "header", "states", "of", "read as", "sure", "first value"), rows)
    for doubt in proposal.doubts:
        say(f"note: {doubt}")
    if proposed.standing is not None:
        say(f"a mapping of this shape stands: {proposed.standing.id[:16]}")


def _example(each: ColumnProposal) -> str:
    """The first value of a column, as written and as read."""
    if len(each.examples) == 0:
        return ""
    one = each.examples[0]
    read = one.read or f"not read: {one.unread}"
    written = one.written[:_SHOWN]
    return written if read == one.written else f"{written} → {read[:_SHOWN]}"


def _say_applied(name: str, applied: tuple[AppliedView, ...], *, as_json: bool) -> None:
    whole: dict[str, Any] = {"id": name, "tables": len(applied)}
    for key in (
        "statements",
        "read",
        "unread",
        "entities",
        "cells_outside",
        "cells_elsewhere",
        "cells_without_subject",
    ):
        whole[key] = sum(each.counts.get(key, 0) for each in applied)
    whole["misfits"] = sum(sum(each.misfits.values()) for each in applied)
    if as_json:
        print_json(whole)
        return
    say(f"recorded {name}")
    _say_counts(whole)


def _say_counts(counted: dict[str, Any]) -> None:
    say(
        f"{counted['statements']:,} statements of {counted['entities']:,} entities in "
        f"{counted['tables']:,} tables: {counted['read']:,} read, {counted['unread']:,} not read"
    )
    if counted["cells_outside"] > 0:
        say(f"{counted['cells_outside']:,} cells stand in columns that are not mapped")
    if counted["cells_elsewhere"] > 0:
        say(
            f"{counted['cells_elsewhere']:,} filled cells lie outside of the rows that are read: "
            "titles, sums, notes, rows of another shape"
        )
    if counted["cells_without_subject"] > 0:
        say(
            f"{counted['cells_without_subject']:,} mapped cells say nothing of anybody: their rows "
            "name none whom they could be about"
        )
    if counted["misfits"] > 0:
        say(f"{counted['misfits']:,} things did not fit: `muniment map misfits CASE` lists them")


def _listed(view: MappingView) -> dict[str, Any]:
    mapping = view.mapping
    return {
        "id": view.id,
        "event": view.event,
        "actor": view.actor,
        "at": view.at,
        "state": view.state,
        "supersedes": view.supersedes,
        "superseded_by": view.superseded_by,
        "tables": view.tables,
        "title": None if mapping is None else mapping.title,
        "columns": 0 if mapping is None else len(mapping.columns),
        "mapped": 0 if mapping is None else sum(rule.is_mapped for rule in mapping.columns),
    }
