"""`search` and `index`: what was read is found, by the engine that serves the case."""

import time
from contextlib import closing
from pathlib import Path

import click

from muniment.app.commands.options import case_argument, json_option, limit_option
from muniment.app.commands.ways import way
from muniment.app.index_session import bring_index_up_to_date
from muniment.app.looking_session import reading
from muniment.app.progress import ProgressLine
from muniment.app.show import hint, plain, print_json, say
from muniment.catalog import (
    Ledger,
    Located,
    Order,
    Window,
    chain,
    choose_engine,
    chosen_engine,
    engine_named,
    index_case,
    locate,
    open_engine,
    open_ledger,
    parse_query,
    require_filled,
    totals,
    with_notes_looked_up,
)
from muniment.core import Citation, Whole
from muniment.vault import locked, open_case

_BATCH = 500  # hits asked of the engine at once
_HELP = """Find QUERY in text, cells, metadata, headers of mail and names of files.

\b
疏附 police        all must occur in one place (a row, a page, a stretch of prose)
"two words"       in that order, beside each other, signs included
a OR b, -c, (…)   one of them, not that one, together
"a b"~5           with at most five other words between them, in any order
wor*  *ing  张?伟  * is any letters, ? is one
*"lice depar"*    the phrase, its ends perhaps inside longer words
name: subject: from: to: person:         a word or "phrase" that stands there
type: lang: folder: state: sort: hash:   what the file is, or where it lay
date:2017-01..2018-06  size:>1000        ranges
note:                                    a word that people noted beside it, or a tag

A Uyghur word in Latin letters is found in Arabic ones too, and the reverse; a hit says so. In
quotes, only what is written is looked for.
"""


@click.command(help=_HELP)
@case_argument
@click.argument("query")
@limit_option
@click.option(
    "--sort",
    "order",
    type=click.Choice(("relevance", "date", "-date", "name")),
    default="relevance",
    show_default=True,
    help="What comes first: the best match, the earliest or latest stated date, the first name.",
)
@json_option
def search(case: Path, query: str, limit: int, order: Order, *, as_json: bool) -> None:
    wanted = parse_query(query)
    with reading(case) as (opened, ledger):
        wanted = with_notes_looked_up(ledger, wanted)
        bring_index_up_to_date(opened, ledger)
        with closing(open_engine(opened)) as engine:
            require_filled(opened, engine)
            shown, total = 0, 0
            while shown < limit:
                window = Window(shown, min(_BATCH, limit - shown), order)
                results = engine.search(wanted, window)
                total = results.total
                for note in results.notes if shown == 0 else ():
                    hint(f"note: {note}")
                for found in results.hits:
                    located = locate(found.passage, wanted)
                    _print(
                        ledger,
                        Citation(found.digest, located.at),
                        located,
                        found.score,
                        as_json=as_json,
                    )
                shown += len(results.hits)
                if len(results.hits) < window.limit:
                    break
        if not as_json:
            if total > shown:
                say(f"{shown:,} of {total:,} places; --limit shows more")
            if total == 0:
                _say_what_was_not_searched(ledger)


@click.command()
@case_argument
@click.option(
    "--engine",
    "written",
    help="From now on, search with this: embedded, or postgresql://USER@HOST/DATABASE, a server "
    "that a team shares. Its password comes from ~/.pgpass or PGPASSWORD.",
)
@json_option
def index(case: Path, written: str | None, *, as_json: bool) -> None:
    """Put what was read and is not in the index yet into it; with --engine, into another one.

    Can be stopped at any time; given again, it goes on where it was.
    """
    name = None if written is None else engine_named(written)
    opened = open_case(case)
    line = ProgressLine(wanted=not as_json)
    started = time.monotonic()
    with locked(opened), closing(open_ledger(opened)) as ledger:
        if name is not None:
            choose_engine(opened, name)
        count = index_case(opened, ledger, line)
    line.close()
    seconds = round(time.monotonic() - started, 3)
    engine = chosen_engine(opened)
    if as_json:
        print_json({"engine": engine, "objects": count, "seconds": seconds})
    else:
        say(f"{count:,} objects put into the index in {seconds:.1f} s; the engine is {engine}")


def _print(
    ledger: Ledger, citation: Citation, located: Located, score: float, *, as_json: bool
) -> None:
    if as_json:
        hit = {"citation": str(citation), "sha256": citation.digest.hex}
        marks = {"marks": [list(mark) for mark in located.marks]}
        others = {"found_as": list(located.found_as)}
        print_json(hit | {"snippet": located.snippet, "score": score} | marks | others)
        return
    say(way(chain(ledger, citation.digest)))
    if located.at != Whole():  # else its name is what was found
        say(f"    {plain(located.snippet)}")
    if len(located.found_as) > 0:
        say(f"    found as {plain(', '.join(located.found_as))}")
    say(f"    {citation}")


def _say_what_was_not_searched(ledger: Ledger) -> None:
    """Nothing found is only worth something beside what could not be read."""
    states = totals(ledger).by_state
    unread = {state: count for state, count in states.items() if state not in ("read", "empty")}
    say("nothing found in what was read")
    if len(unread) > 0:
        listed = ", ".join(f"{count:,} {state}" for state, count in unread.items())
        say(f"not read, and so not searched: {listed}. `muniment coverage CASE` says why.")
