"""`facilities`, `timeline`, `relations`: places and posts over time, who is tied to whom."""

from pathlib import Path

import click
import msgspec

from muniment.app.commands.options import case_argument, json_option, limit_option
from muniment.app.looking_session import reading
from muniment.app.show import plain, print_json_lines, say
from muniment.catalog.facts import TIMED, check_date, entity_named, links_of
from muniment.catalog.facts import facilities as find_facilities
from muniment.catalog.facts import timeline as find_timeline
from muniment.core import UsageError

_STATES = {True: "in use", False: "not in use", None: "not stated"}


@click.command()
@case_argument
@click.option("--on", default="", help="As stated for this year, month or day: 2017, 2017-03 ….")
@json_option
def facilities(case: Path, on: str, *, as_json: bool) -> None:
    """List facilities: kinds, coordinates, when in use, how many people they held.

    With --json, one line each: entity, names, kinds, latitudes, longitudes, starts, ends,
    headcounts (date and number), addresses, each value with its citation; with --on also in_use.
    """
    check_date(on)
    with reading(case) as (opened, _):
        found = find_facilities(opened)
    if as_json:
        asked = ({} if on == "" else {"in_use": each.is_open(on)} for each in found)
        print_json_lines(
            msgspec.structs.asdict(each) | more for each, more in zip(found, asked, strict=True)
        )
        return
    for each in found:
        kinds = ", ".join(plain(said.value) for said in each.kinds)
        told = "" if on == "" else f"  {on}: {_STATES[each.is_open(on)]}"
        say(f"{plain(each.caption)}{f' ({kinds})' if kinds else ''}{told}")
        for name, values in (("from", each.starts), ("to", each.ends)):
            for said in values:
                say(f"  {name} {plain(said.value)}  {said.citation}")
        for when, said in each.headcounts:
            say(f"  {plain(said.value)} held{f' {plain(when)}' if when else ''}  {said.citation}")
    if len(found) == 0:
        say("no facility is stated: confirm a mapping of a table that lists some")


@click.command()
@case_argument
@click.option("--schema", type=click.Choice(TIMED), default=None, help="Only of this schema.")
@json_option
def timeline(case: Path, schema: str | None, *, as_json: bool) -> None:
    """List orders, posts and states of facilities in the order of time, with their wording.

    With --json, one line each: entity, schema, says (property and value), start, end, citation.
    """
    with reading(case) as (opened, _):
        found = find_timeline(opened, TIMED if schema is None else (schema,))
    if as_json:
        print_json_lines(found)
        return
    for each in found:
        until = f" to {plain(each.end)}" if each.end else ""
        say(f"{plain(each.start) or '(no date)'}{until}  {each.schema}: {plain(each.caption)}")
        say(f"  {each.citation}")
    if len(found) == 0:
        say("nothing with a date is stated of orders, posts or facilities")


@click.command()
@case_argument
@click.argument("entity")
@limit_option
@json_option
def relations(case: Path, entity: str, *, limit: int, as_json: bool) -> None:
    """List what ties ENTITY to others, in either direction, and where that stands.

    With --json, one line each: entity, schema, caption, property, target, target_schema,
    target_caption, citation.
    """
    with reading(case) as (opened, _):
        if entity_named(opened, entity) is None:
            raise UsageError(
                f"nothing is stated of {entity!r}",
                next_step="`muniment statements CASE` prints the ids of entities",
            )
        found = links_of(opened, frozenset((entity,)), limit)
    if as_json:
        print_json_lines(found)
        return
    for each in found:
        one = plain(each.caption) or each.entity[:12]
        other = plain(each.target_caption) or each.target[:12]
        say(f"{each.schema} {one}  {each.property}  {each.target_schema} {other}")
        say(f"  {each.citation}")
    if len(found) == 0:
        say("nothing ties it to others")
    elif len(found) == limit:
        say("… and perhaps more: --limit")
