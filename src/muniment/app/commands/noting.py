"""`note`, `tag`, `correct`, `withdraw`, `notes`: what people write beside the evidence."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec

from muniment.app.commands.options import (
    as_option,
    case_argument,
    citation_of_argument,
    digest_of_argument,
    json_option,
    limit_option,
    passphrase_option,
)
from muniment.app.deciding import Decided, Notebook
from muniment.app.looking_session import reading
from muniment.app.session import ACTOR
from muniment.app.show import hint, plain, print_json, print_json_lines, say, wrapped
from muniment.catalog import (
    AnnotationsWanted,
    AnnotationView,
    allow,
    annotations,
    annotations_withheld,
)
from muniment.core import UsageError
from muniment.vault import (
    ANNOTATION_KINDS,
    LONGEST_NOTE,
    Annotation,
    Correction,
    Draft,
    Highlight,
    Note,
    Tag,
    Withdrawal,
    kind_of,
    print_time,
    target_of,
    tidy,
    tidy_name,
)

_STDIN = "-"
by_option = as_option(ACTOR, "Who writes: a role or a pseudonym, never a real name.")


@click.command()
@case_argument
@click.argument("citation")
@click.argument("text")
@click.option("--highlight", is_flag=True, help="Mark the place; TEXT says why, and may be empty.")
@by_option
@passphrase_option
@json_option
def note(  # noqa: PLR0913 - one parameter for each argument and option of the command
    *,
    case: Path,
    citation: str,
    text: str,
    highlight: bool,
    actor: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Write TEXT beside the place CITATION; - reads it from standard input.

    A note is an event of the journal: it is never changed, and leaves with every bag that holds
    the whole journal.
    """
    place, body = citation_of_argument(citation), _typed(text)
    with _notebook(case, actor, passphrase_file) as notebook:
        asked = _made(lambda: Highlight(place, body) if highlight else Note(place, body))
        _say_decided(_decide(notebook, (asked,)), as_json=as_json)


@click.command()
@case_argument
@click.argument("citation")
@click.argument("names", nargs=-1, required=True)
@by_option
@passphrase_option
@json_option
def tag(  # noqa: PLR0913 - one parameter for each argument and option of the command
    *,
    case: Path,
    citation: str,
    names: tuple[str, ...],
    actor: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Set the tags NAMES at the place CITATION."""
    place = citation_of_argument(citation)
    words = dict.fromkeys(map(tidy_name, names))
    with _notebook(case, actor, passphrase_file) as notebook:
        asked = tuple(_made(lambda word=word: Tag(place, word)) for word in words)
        _say_decided(_decide(notebook, asked), as_json=as_json)


@click.command()
@case_argument
@click.argument("name", metavar="ID")
@click.argument("text")
@by_option
@passphrase_option
@json_option
def correct(  # noqa: PLR0913 - one parameter for each argument and option of the command
    *,
    case: Path,
    name: str,
    text: str,
    actor: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Give the note ID, which you wrote, another TEXT; the first one stays in its history."""
    of, body = digest_of_argument(name), _typed(text)
    with _notebook(case, actor, passphrase_file) as notebook:
        _say_decided(_decide(notebook, (_made(lambda: Correction(of, body)),)), as_json=as_json)


@click.command()
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
    """Take back the note ID, which you wrote, or take off a tag; its history stays."""
    of, body = digest_of_argument(name), _typed(reason)
    with _notebook(case, actor, passphrase_file) as notebook:
        _say_decided(_decide(notebook, (_made(lambda: Withdrawal(of, body)),)), as_json=as_json)


@click.command()
@case_argument
@click.option("--kind", type=click.Choice(ANNOTATION_KINDS), default=None)
@click.option("--by", default="", help="Only what this pseudonym wrote.")
@click.option("--tag", "tagged", default="", help="Only this tag.")
@click.option("--containing", default="", help="Only what contains these words.")
@click.option("--at", "place", default=None, help="Only at this object: a citation or a SHA-256.")
@click.option("--withdrawn", is_flag=True, help="Also what was taken back.")
@limit_option
@json_option
def notes(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    case: Path,
    kind: str | None,
    by: str,
    tagged: str,
    containing: str,
    place: str | None,
    withdrawn: bool,
    limit: int,
    as_json: bool,
) -> None:
    """List notes, tags, highlights and saved searches, the newest first, each with its history."""
    wanted = AnnotationsWanted(
        kind=kind or "",
        actor=by,
        tag=tidy_name(tagged),
        words=containing,
        sha256="" if place is None else citation_of_argument(place).digest.hex,
        withdrawn=withdrawn,
    )
    with reading(case) as (opened, ledger):
        found = annotations(ledger, wanted, limit)
        waiting = Notebook(opened, ledger, ACTOR).waiting()
        withheld = annotations_withheld(ledger)
        if withheld > 0:
            hint(f"note: {withheld:,} beside reports that nobody here may read are not listed")
        if as_json:
            print_json_lines(found)
            print_json_lines(map(_fields, waiting))
            return
        for draft in waiting:
            _say_draft(draft)
        for each in found:
            _say_annotation(each)
        if len(found) == len(waiting) == 0:
            say("nothing was written that is asked for")


@contextmanager
def _notebook(case: Path, actor: str, passphrase_file: Path | None) -> Iterator[Notebook]:
    with reading(case) as (opened, ledger):
        yield Notebook(opened, ledger, tidy_name(actor), passphrase_file)


def _decide(notebook: Notebook, asked: tuple[Annotation, ...]) -> Decided:
    for each in asked:
        allow(notebook.ledger, each, notebook.actor)
    return notebook.decide(asked)


def _typed(text: str) -> str:
    """The text of an argument; from standard input where it is `-`."""
    if text != _STDIN:
        return tidy(text)
    # Four bytes hold any letter: one letter more than a note may have is enough to refuse it.
    data = sys.stdin.buffer.read(4 * LONGEST_NOTE + 4)
    try:
        return tidy(data.decode("utf-8"))
    except UnicodeDecodeError as why:
        raise UsageError("the text is not UTF-8", next_step="write it in UTF-8") from why


def _made(make: Any) -> Annotation:
    try:
        made: Annotation = make()
    except ValueError as why:
        raise UsageError(str(why), next_step="write it so, and give the command again") from why
    return made


def _say_decided(decided: Decided, *, as_json: bool) -> None:
    if as_json:
        print_json(msgspec.to_builtins(decided) | {"waits": decided.waits})
        return
    for name in decided.ids:
        say(f"recorded {name}")
    if decided.waits:
        say(f"kept, not yet in the journal: {plain(decided.why)}")
        hint(f"next: {plain(decided.next_step)}")


def _fields(draft: Draft) -> dict[str, Any]:
    """A draft that waits, with the members of an annotation that it has already."""
    annotation = draft.annotated.annotation
    return {
        "id": None,
        "kind": kind_of(annotation),
        "actor": draft.asked.actor,
        "written": print_time(draft.annotated.written),
        "target": target_of(annotation),
        "body": annotation.body,
    }


def _say_draft(draft: Draft) -> None:
    annotation = draft.annotated.annotation
    when = f"{draft.annotated.written:%Y-%m-%d %H:%M} UTC"
    say(f"{kind_of(annotation)} by {plain(draft.asked.actor)}, {when}")
    say("    kept, not yet in the journal")
    _say_body(annotation.body)
    target = target_of(annotation)
    if target is not None:
        say(f"    {target}")


def _say_annotation(view: AnnotationView) -> None:
    state = "" if view.standing else ", withdrawn"
    say(f"{view.kind} by {plain(view.actor)}, {_minute(view.at)}{state}")
    _say_body(view.body)
    if view.kind == "search":
        say(f"    query   {plain(view.query)}")
        for name, value in view.filters:
            say(f"    {plain(name):<7} {plain(value)}")
    if view.target is not None:
        say(f"    {view.target}")
    say(f"    id {view.id}, event {view.event}")
    for change in view.changes:
        say(f"    {change.kind} by {plain(change.actor)}, {_minute(change.at)}, id {change.id}")
        _say_body(change.body)
    if len(view.changes) > 0 and view.first != view.body:
        say("    first written as")
        _say_body(view.first)


def _say_body(body: str) -> None:
    for line in body.split("\n"):
        wrapped("    ", plain(line))


def _minute(at: str) -> str:
    return f"{at[:10]} {at[11:16]} UTC"
