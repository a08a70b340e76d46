"""`ftm export` and `ftm import`: statements leave for FollowTheMoney, and come from it."""

import csv
import json
import os
from contextlib import closing
from itertools import islice
from pathlib import Path

import click
import msgspec

from muniment.app.commands.options import as_option, case_argument, json_option, passphrase_option
from muniment.app.recording import (
    Handed,
    bring_up_to_date,
    record_source,
    sources_of,
    take_files,
)
from muniment.app.session import ACTOR, TOOL, Writing, writing
from muniment.app.show import hint, plain, print_json, say
from muniment.catalog import open_ledger
from muniment.catalog.exchange import (
    KnownSource,
    count_of_sources,
    statement_lines,
)
from muniment.catalog.judging import judgements, withheld_from
from muniment.core import UsageError
from muniment.facts.ftm import Profile
from muniment.facts.sources import Form, Ids, Imported
from muniment.publish.ftm import (
    FtmExported,
    FtmRequest,
    Handover,
    handover_draft,
    write_ftm,
)
from muniment.vault import digest_of_file

_UNSTATED = "not stated"
_HEAD = 1 << 16  # bytes of a file in which its first line is sought
_OF_STATEMENTS = frozenset({"entity_id", "prop", "schema", "value"})  # what each says
_SIDECAR = "citations.csv"
_WARNING = "nothing in it is redacted: it is for partners who work on the case, no publication"


@click.group()
def ftm() -> None:
    """Exchange statements with programs that speak FollowTheMoney."""


@ftm.command("export")
@case_argument
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The new folder.")
@click.option(
    "--profile",
    type=click.Choice([each.value for each in Profile]),
    default=Profile.OVERLAY.value,
    show_default=True,
    help="overlay: with Detention, Facility and the other schemata; stock: FollowTheMoney's own.",
)
@click.option("--dataset", help="A name for the data, part of every statement's id.")
@click.option("--recipient", default=_UNSTATED, help="Who gets it; stands in the journal only.")
@passphrase_option
@json_option
def ftm_export(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    case: Path,
    out: Path,
    profile: str,
    dataset: str | None,
    recipient: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Write what CASE states as entities, statements and citations, for partners.

    NOTHING IN IT IS REDACTED. It is for partners who work on the case, and no publication. Reports
    whose consent does not reach to partners stay out, and so does what was withdrawn.
    """
    _refuse_existing(out)
    with writing(case, passphrase_file) as opened:
        sources = bring_up_to_date(opened)
        left_out = _staying(opened, sources)
        tables, scratch = opened.case.work / "tables", opened.case.work / "scratch"
        request = FtmRequest(
            target=out,
            profile=Profile(profile),
            dataset=dataset or f"muniment_{opened.case.header.case[:8]}",
            tool=TOOL,
            withheld=count_of_sources(tables, left_out),
        )
        made = write_ftm(
            request, lambda schemata: statement_lines(tables, scratch, schemata, left_out)
        )
        opened.append([handover_draft(request, made, Handover(recipient, ACTOR, TOOL))])
    _say_exported(out, made, as_json=as_json)


@ftm.command("import")
@case_argument
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "name", required=True, help="Whose file it is, in your words.")
@click.option(
    "--same-ids",
    is_flag=True,
    help="The file is an export of a case whose ids mean the same here: keep them.",
)
@click.option("--note", default="", help="What is to be known about it.")
@as_option(ACTOR, "Who records it.")
@passphrase_option
@json_option
def ftm_import(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    case: Path,
    file: Path,
    name: str,
    same_ids: bool,
    note: str,
    actor: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Take statements of another organisation into CASE, each with its place in FILE.

    FILE holds entities of FollowTheMoney, one a line, or its statements, in CSV or one a line; or
    it is a folder that `muniment ftm export` wrote. It becomes an object of the case; `muniment
    process` reads it.
    """
    path = file / _SIDECAR if file.is_dir() else file
    form = form_of(path)
    ids = Ids.SAME if same_ids else Ids.OWN
    with writing(case, passphrase_file) as opened:
        source = Imported(digest_of_file(path).hex, form, name, ids, note)
        _refuse_twice(opened, source)
        take_files(opened, Handed((path,), name, None, None), actor)
        recorded = record_source(opened, source, actor)
    if as_json:
        print_json({"id": recorded.hex, "object": source.object, "form": form.value})
        return
    say(f"recorded {recorded.hex}")
    say(f"object   {source.object}, {form.value}")
    hint("next: muniment process CASE; then muniment source show CASE ID says what came of it")


def form_of(path: Path) -> Form:
    """What a file is, by its first line.

    Raises:
        UsageError: it is none of the forms, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD).decode("utf-8-sig", "replace")
    except OSError as why:
        raise UsageError(
            f"{plain(str(path))} cannot be read: {why.strerror}", next_step="check the path"
        ) from why
    if head.lstrip().startswith(("{", "[")):
        return Form.STATEMENT_LINES if _holds_statements(head) else Form.ENTITIES
    columns = set(next(islice(csv.reader(head.splitlines()), 1), ()))
    if {"ftm_statement", "written", "citation"} <= columns:
        return Form.CITATIONS
    if columns >= _OF_STATEMENTS:
        return Form.STATEMENTS
    raise UsageError(
        f"{plain(path.name)} is no file of FollowTheMoney that is read here",
        next_step="give entities one a line (.ftm.json), statements in CSV or one a line, or the "
        "folder of an export; another table is taken in with `muniment intake` and mapped",
    )


def _holds_statements(head: str) -> bool:
    """Whether the first record of JSON is a statement, and no entity."""
    try:
        first, _ = json.JSONDecoder().raw_decode(head.lstrip().removeprefix("[").lstrip())
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and first.keys() >= _OF_STATEMENTS


def _staying(opened: Writing, sources: tuple[KnownSource, ...]) -> tuple[str, ...]:
    """The sources of statements that stay here: reports whose consent does not reach to partners.

    What somebody stated of such a report's own words stays with it.
    """
    withheld = withheld_from(sources, for_partners=True)
    with closing(open_ledger(opened.case)) as ledger:
        judged = tuple(each.id for each in judgements(ledger) if each.sha256 in withheld)
    return (*(each.id.hex for each in sources if not each.reaches_partners), *judged)


def _refuse_existing(out: Path) -> None:
    if os.path.lexists(out):
        raise UsageError(f"{out} is there already", next_step="name a new place for the export")
    if not out.parent.is_dir():
        raise UsageError(f"{out.parent} is not a folder", next_step="make it first")


def _refuse_twice(opened: Writing, source: Imported) -> None:
    for each in sources_of(opened):
        if each.stands and isinstance(each.source, Imported):
            same = msgspec.structs.replace(each.source, note=source.note) == source
            if same:
                raise UsageError(
                    f"this file was imported from {plain(source.name)} before, as {each.id.hex}",
                    next_step="nothing is to be done; or withdraw that one first",
                )


def _say_exported(out: Path, made: FtmExported, *, as_json: bool) -> None:
    if as_json:
        counts = msgspec.to_builtins(made) | {"manifest": made.manifest.hex}
        print_json({"out": str(out)} | counts)
        return
    say(f"left     {made.lines:,} statements as {made.statements:,} of {made.entities:,} entities")
    for why, count in made.stays.items():
        say(f"  stay in the sidecar   {count:,} {why}")
    if made.withheld > 0:
        say(f"withheld {made.withheld:,} statements, for want of consent")
    say(f"manifest {made.manifest.hex}, in {out}")
    hint(f"warning: {_WARNING}")
