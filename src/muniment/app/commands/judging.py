"""`fact`: what people accept of proposals, reject, state by hand, change and take back."""

from collections.abc import Sequence
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
from muniment.app.judging import (
    Choice,
    Desk,
    changed_of,
    record_judgements,
    rejection_of,
    stated_of,
    take_back,
)
from muniment.app.looking_session import reading
from muniment.app.session import ACTOR
from muniment.app.show import hint, plain, print_json_lines, say
from muniment.catalog import values_at
from muniment.catalog.facts import ProseView, proposed_of_prose
from muniment.catalog.judging import (
    JudgementView,
    Placed,
    judgement_named,
    judgements,
    judgements_withheld,
    state_of,
)
from muniment.core import Digest, UsageError, parse_citation
from muniment.facts.judgement import Rejected, Stated
from muniment.vault import Case, open_case

_LEAST_ID = 8  # hex digits of a proposal's id that somebody types
by_option = as_option(ACTOR, "Who decides: a role or a pseudonym, never a real name.")
property_option = click.option(
    "--property", "qualified", required=True, help="Of what: Person:phone, Order:date …."
)
subject_option = click.option(
    "--of",
    "subject",
    default="new",
    show_default=True,
    help="Of whom: an entity's id, or new for one that this makes.",
)
read_option = click.option(
    "--read", "said", default="", help="How you read it, where it is read otherwise by itself."
)
note_option = click.option("--note", default="", help="Why, in your words.")


@click.group()
def fact() -> None:
    """Accept or reject what prose seems to state, state something by hand, take it back."""


@fact.command("accept")
@case_argument
@click.argument("sha256")
@click.argument("proposals", nargs=-1, required=True)
@property_option
@subject_option
@read_option
@note_option
@by_option
@passphrase_option
@json_option
def accept(  # noqa: PLR0913 - one parameter for each argument and option of the command
    *,
    case: Path,
    sha256: str,
    proposals: tuple[str, ...],
    qualified: str,
    subject: str,
    said: str,
    note: str,
    actor: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """State what PROPOSALS say, which `muniment propose CASE SHA256` printed with their ids.

    Each becomes a statement that cites its place, made by prose and accepted by you. Of a person, a
    detention's date is said of a new detention of theirs; of a post, its holder is stated too.
    """
    opened = open_case(case)
    desk = Desk(opened, opened, actor, passphrase_file)
    choice = Choice(qualified, subject, said, note)
    asked = [
        stated_of(opened, each, choice)
        for each in _proposals(opened, digest_of_argument(sha256), proposals)
    ]
    _say(record_judgements(desk, asked), "accepted", as_json=as_json)


@fact.command("reject")
@case_argument
@click.argument("sha256")
@click.argument("proposals", nargs=-1, required=True)
@note_option
@by_option
@passphrase_option
@json_option
def reject(  # noqa: PLR0913 - one parameter for each argument and option of the command
    *,
    case: Path,
    sha256: str,
    proposals: tuple[str, ...],
    note: str,
    actor: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Decide that PROPOSALS of the object SHA256 state nothing: they are not proposed again."""
    opened = open_case(case)
    found = _proposals(opened, digest_of_argument(sha256), proposals)
    desk = Desk(opened, opened, actor, passphrase_file)
    asked = [rejection_of(each, note) for each in found]
    _say(record_judgements(desk, asked), "rejected", as_json=as_json)


@fact.command("state")
@case_argument
@click.argument("citation")
@property_option
@subject_option
@click.option("--written", default="", help="What stands there; in a cell, all of it.")
@read_option
@click.option("--by-eye", is_flag=True, help="You read it there: no extracted text holds it.")
@note_option
@by_option
@passphrase_option
@json_option
def state(  # noqa: PLR0913 - one parameter for each argument and option of the command
    *,
    case: Path,
    citation: str,
    qualified: str,
    subject: str,
    written: str,
    said: str,
    by_eye: bool,
    note: str,
    actor: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """State by hand what the place CITATION says: a cell, a page, a range of text, a picture."""
    at = citation_of_argument(citation)
    with reading(case) as (opened, ledger):
        held = [each.written for each in values_at(opened, ledger, at, 2)] if not written else []
    if written == "" and len(held) != 1:
        raise UsageError(
            "that place is no single value: it does not follow what you mean of it",
            next_step="say what stands there: --written TEXT",
        )
    placed = Placed(str(at), written or held[0], by_eye)
    stated = stated_of(opened, placed, Choice(qualified, subject, said, note))
    desk = Desk(opened, opened, actor, passphrase_file)
    _say(record_judgements(desk, (stated,)), "stated", as_json=as_json)


@fact.command("change")
@case_argument
@click.argument("name", metavar="ID")
@property_option
@click.option(
    "--of", "subject", default="", help="Of whom: an entity's id, or new; otherwise as before."
)
@read_option
@note_option
@by_option
@passphrase_option
@json_option
def change(  # noqa: PLR0913 - one parameter for each argument and option of the command
    *,
    case: Path,
    name: str,
    qualified: str,
    subject: str,
    said: str,
    note: str,
    actor: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """State what ID states in another way; the version before stays in the journal."""
    with reading(case) as (opened, ledger):
        before = judgement_named(ledger, name)
    if not isinstance(before.judgement, Stated):
        raise UsageError(
            "a rejection states nothing", next_step="withdraw it, then accept the proposal"
        )
    choice = Choice(qualified, subject, said, note)
    stated = changed_of(opened, opened, before.judgement, choice)
    desk = Desk(opened, opened, actor, passphrase_file)
    _say(record_judgements(desk, (stated,), before.id), "stated", as_json=as_json)


@fact.command("withdraw")
@case_argument
@click.argument("name", metavar="ID")
@click.argument("reason", default="")
@by_option
@passphrase_option
@json_option
def withdraw(  # noqa: PLR0913 - one parameter for each argument and option of the command
    *, case: Path, name: str, reason: str, actor: str, passphrase_file: Path | None, as_json: bool
) -> None:
    """Take back what ID accepted, stated or rejected; a rejected proposal is proposed again."""
    opened = open_case(case)
    desk = Desk(opened, opened, actor, passphrase_file)
    _say(take_back(desk, (name,), reason), "withdrawn", as_json=as_json)


@fact.command("list")
@case_argument
@click.option(
    "--state",
    "wanted",
    type=click.Choice(["stands", "replaced", "withdrawn"]),
    default=None,
    help="Only these.",
)
@limit_option
@json_option
def list_(*, case: Path, wanted: str | None, limit: int, as_json: bool) -> None:
    """List what people accepted, stated by hand and rejected, the newest first."""
    with reading(case) as (_, ledger):
        found = [each for each in judgements(ledger) if wanted in (None, each.state)]
        withheld = judgements_withheld(ledger)
    if withheld > 0:
        hint(f"note: {withheld:,} about reports that nobody here may read are not listed")
    if as_json:
        print_json_lines(map(_plain, found[:limit]))
        return
    for each in found[:limit]:
        _say_judgement(each)
    if len(found) == 0:
        say("nobody accepted, rejected or stated anything yet")
    elif len(found) > limit:
        say(f"… and {len(found) - limit:,} more: --limit")


def _proposals(case: Case, digest: Digest, names: Sequence[str]) -> list[ProseView]:
    prose = proposed_of_prose(case, digest)
    found = []
    for name in dict.fromkeys(names):
        those = [each for each in prose.proposed if each.id.startswith(name.lower())]
        if len(name) < _LEAST_ID or len({each.id for each in those}) != 1:
            raise UsageError(
                f"{name!r} names {'no' if len(those) == 0 else 'several'} proposals of this object",
                next_step="`muniment propose CASE SHA256` prints their ids",
            )
        found.append(those[0])
    return found


def _say(ids: tuple[str, ...], done: str, *, as_json: bool) -> None:
    if as_json:
        print_json_lines({"id": each, "done": done} for each in ids)
        return
    for each in ids:
        say(f"{done} {each}")


def _plain(view: JudgementView) -> dict[str, Any]:
    kind = "stated" if view.judgement.proposal == "" else state_of(view)
    said: dict[str, Any] = msgspec.to_builtins(view.judgement)
    said.pop("type", None)
    return {
        "id": view.id,
        "kind": kind,
        "state": view.state,
        "actor": view.actor,
        "at": view.at,
        "supersedes": view.supersedes,
        "superseded_by": view.superseded_by,
        "reason": view.reason,
    } | said


def _say_judgement(view: JudgementView) -> None:
    kind = "stated" if view.judgement.proposal == "" else state_of(view)
    state = "" if view.stands else f", {view.state}"
    say(f"{kind} by {plain(view.actor)}, {view.at[:10]}{state}  {view.id}")
    match view.judgement:
        case Stated(claims=claims):
            for each in claims:
                read = "not read" if each.read is None else plain(each.read)
                say(f"  {each.schema} {each.entity[:12]}  {each.property}: {plain(each.written)}")
                if read != each.written:
                    say(f"    → {read}")
        case Rejected(sort=sort, written=written):
            say(f"  {sort}: {plain(written[:120])}")
    say(f"  {parse_citation(view.judgement.citation)}")
    for why in (view.judgement.note, view.reason):
        if why != "":
            say(f"  {plain(why)}")
