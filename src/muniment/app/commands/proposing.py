"""`totals`, `propose`: printed figures computed again, and what running text seems to state."""

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from muniment.app.commands.options import (
    case_argument,
    json_option,
    limit_option,
)
from muniment.app.commands.why_empty import say_why_empty
from muniment.app.looking_session import reading
from muniment.app.show import hint, plain, print_json_lines, say
from muniment.catalog import Ledger, object_named
from muniment.catalog.facts import (
    MOST_CELLS,
    FindingView,
    ProseView,
    proposed_of_prose,
    rechecked,
    table_named,
)
from muniment.catalog.judging import decided_of, state_of
from muniment.catalog.sheets import After, TableView, tables_in_case
from muniment.catalog.sheets import Wanted as TablesWanted

_PAGE = 500
_SHOWN = 120  # letters of a quotation


@click.command()
@case_argument
@click.argument("table_name", metavar="TABLE", default="")
@json_option
def totals(case: Path, table_name: str, *, as_json: bool) -> None:
    """Compute printed totals, shares, row numbers and formulas again, and list what differs.

    Of TABLE (a file's name or SHA-256, with #SHEET where it has several, or a citation), or of all
    tables of the case. A finding states two numbers and their places; it does not say which one is
    right.
    """
    agree = findings = 0
    with reading(case) as (opened, ledger):
        views = _every(ledger) if table_name == "" else iter((table_named(ledger, table_name),))
        for view in views:
            if table_name == "" and view.cells > MOST_CELLS:
                hint(f"note: {plain(view.name)} has {view.cells:,} cells and is not computed again")
                continue
            found = rechecked(opened, ledger, view)
            agree += found.agree
            findings += len(found.findings)
            if as_json:
                print_json_lines(found.findings)
                continue
            for each in found.findings:
                _say(found.name, each)
    if not as_json:
        say(f"{findings:,} findings; {agree:,} printed figures agree with their cells")


@click.command()
@case_argument
@click.argument("sha256")
@click.option("--sort", "wanted", default="", help="Only this: date, quantity, quote, post …")
@click.option("--rejected", is_flag=True, help="Only what somebody rejected.")
@limit_option
@json_option
def propose(  # noqa: PLR0913 - one parameter for each argument and option of the command
    case: Path, sha256: str, *, wanted: str, rejected: bool, limit: int, as_json: bool
) -> None:
    """List what the text of one object seems to state, each with its narrowest place.

    Dates, quantities, identity numbers, telephones, posts and quoted speech. These are proposals:
    none of them is a statement of the case before `muniment fact accept`. What was rejected is not
    proposed again. With --json each has its id, its state, and the decision about it.
    """
    with reading(case) as (opened, ledger):
        digest = object_named(ledger, sha256)
        prose = proposed_of_prose(opened, digest)
        decided = decided_of(ledger, digest.hex)
        if len(prose.proposed) == 0:
            say_why_empty(opened, digest)
    states = {name: state_of(view) for name, view in decided.items()}
    of_sort = [each for each in prose.proposed if wanted in ("", each.sort)]
    found = [each for each in of_sort if (states.get(each.id) == "rejected") == rejected]
    if as_json:
        print_json_lines(
            msgspec.to_builtins(each)
            | {
                "state": states.get(each.id, "proposed"),
                "decision": decided[each.id].id if each.id in decided else None,
            }
            for each in found[:limit]
        )
        return
    for each in found[:limit]:
        state = f"  [{states[each.id]}]" if each.id in states else ""
        say(f"{each.sort:<10} {plain(each.written[:_SHOWN])}{_read(each)}{state}")
        say(f"  {each.id}  {each.citation}")
    if len(found) > limit:
        say(f"… and {len(found) - limit:,} more: --limit")
    if len(found) == 0:
        say("nothing was rejected" if rejected else "nothing is proposed of this text")
    if len(of_sort) > len(found) and not rejected:
        hint(f"note: {len(of_sort) - len(found):,} were rejected: --rejected")
    if not prose.whole:
        hint(f"note: only the first {prose.letters:,} letters were read")


def _every(ledger: Ledger) -> Iterator[TableView]:
    after: After | None = None
    while len(found := tables_in_case(ledger, TablesWanted(), after=after, limit=_PAGE)) > 0:
        yield from found
        after = After(found[-1].cells, found[-1].sha256, found[-1].number)


def _say(name: str, found: FindingView) -> None:
    say(f"{plain(name)}{'' if found.sheet is None else ' · ' + plain(found.sheet)}")
    say(
        f"  {found.kind.replace('-', ' ')}: stated {found.stated}, computed {found.computed}, "
        f"difference {found.difference}"
    )
    for each in found.observations:
        say(f"    {plain(each)}")
    say(f"    stated at {found.stated_at}")
    say(f"    may be because: {'; '.join(found.innocent_explanations)}")


def _read(found: ProseView) -> str:
    if found.unread != "":
        return f"  not read ({found.unread})"
    said = ", ".join(f"{name} {plain(value)}" for name, value in found.read.items() if value)
    return f" → {said}" if said != "" else ""
