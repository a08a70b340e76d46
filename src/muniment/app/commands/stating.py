"""`statements`: what cells state, as written and as read, each with its place."""

from pathlib import Path

import click

from muniment.app.commands.options import (
    case_argument,
    citation_of_argument,
    json_option,
    limit_option,
)
from muniment.app.looking_session import reading
from muniment.app.show import plain, print_json_lines, say
from muniment.catalog.facts import StatementsWanted, StatementView
from muniment.catalog.facts import statements as find_statements


@click.command()
@case_argument
@click.option("--row", "place", default="", help="Only of the row in which this citation stands.")
@click.option("--entity", default="", help="Only of this entity.")
@click.option("--schema", default="", help="Only of entities of this schema, such as Person.")
@click.option("--property", "name", default="", help="Only of this property, such as birthDate.")
@click.option("--unread", is_flag=True, help="Only what could not be read.")
@limit_option
@json_option
def statements(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    case: Path,
    place: str,
    entity: str,
    schema: str,
    name: str,
    unread: bool,
    limit: int,
    as_json: bool,
) -> None:
    """List what cells state: of whom, what, as written and as read, and where."""
    wanted = StatementsWanted(
        at=None if place == "" else citation_of_argument(place),
        entity=entity,
        schema=schema,
        property=name,
        unread=unread,
        limit=limit,
    )
    with reading(case) as (opened, _):
        found = list(find_statements(opened, wanted))
    if as_json:
        print_json_lines(found)
        return
    last = ""
    for each in found:
        if each.entity != last:
            say(f"{each.schema} {each.entity}")
            last = each.entity
        say(f"  {each.property}: {_shown(each)}")
        say(f"    {each.citation}")
    if len(found) == 0:
        say("nothing is stated that is asked for")
    elif len(found) == limit:
        say("… and perhaps more: --limit")


def _shown(each: StatementView) -> str:
    written = plain(each.written if each.shown is None else each.shown)
    read = f"not read ({each.unread})" if each.read is None else plain(each.read)
    doubts = "" if len(each.doubts) == 0 else f"  [{', '.join(each.doubts)}]"
    return f"{written}{doubts}" if read == written else f"{written} → {read}{doubts}"
