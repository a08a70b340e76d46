"""`report` and `source`: what witnesses and relatives told, and what stands of all sources."""

import json
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import click
import msgspec

from muniment.app.commands.options import (
    as_option,
    case_argument,
    json_option,
    passphrase_option,
    source_id_of_argument,
)
from muniment.app.looking_session import reading
from muniment.app.recording import (
    Handed,
    bring_up_to_date,
    record_source,
    sources_of,
    take_files,
)
from muniment.app.report_form import EMPTY_FORM
from muniment.app.session import ACTOR, TOOL, Writing, writing
from muniment.app.show import hint, plain, print_json, print_json_lines, say
from muniment.catalog import begin_withdrawal, withdraw_from_views
from muniment.catalog.exchange import KnownSource, SourceTally, known_sources, tally_of
from muniment.core import Digest, UsageError, digest_of
from muniment.facts.sources import (
    WITHDRAWAL,
    Consent,
    Imported,
    Report,
    form_text,
    may_be_read_in_the_case,
    withdrawal_body,
)
from muniment.vault import Case, Decision, decision_draft, print_time

_REMEDY = "`muniment report form` prints an empty form that says what belongs where"
_LARGEST = 1 << 22  # bytes of a filled-in form
by_option = as_option(ACTOR, "Who records it: a role or pseudonym.")


@click.group()
def report() -> None:
    """Record what a witness or a relative told, with what they agreed to."""


@report.command("form")
def report_form() -> None:
    """Print an empty form in TOML; fill it in, and give it to `muniment report new`."""
    sys.stdout.write(EMPTY_FORM)


@report.command("new")
@case_argument
@click.argument("form", type=click.Path(path_type=Path))
@by_option
@passphrase_option
@json_option
def report_new(
    *, case: Path, form: Path, actor: str, passphrase_file: Path | None, as_json: bool
) -> None:
    """Record the report that FORM (TOML or JSON) holds, as a source of CASE.

    The form as it was given and its recorded text become objects of the case. Without a consent
    that says who gave it, when, how and for what, nothing is recorded.
    """
    data = _read(form)
    filled = _parsed(form, data)
    text = _checked(lambda: form_text(filled)).encode()
    made: Report = _checked(lambda: _report(filled, digest_of(text), digest_of(data)))
    with writing(case, passphrase_file) as opened, _scratch(opened.case) as folder:
        recorded = Path(folder) / f"report-{digest_of(text).hex[:16]}.txt"
        recorded.write_bytes(text)
        handed = Handed((form, recorded), made.name, made.consent.how, made.custodian)
        take_files(opened, handed, actor)
        name = record_source(opened, made, actor)
        bring_up_to_date(opened)
        tally = tally_of(opened.case, name)
    if as_json:
        counts = {} if tally is None else msgspec.to_builtins(tally)
        print_json({"id": name.hex, "object": made.object} | counts)
        return
    say(f"recorded {name.hex}")
    say(f"object   {made.object}")
    say(f"scope    {made.consent.scope}, by {plain(made.consent.by)}, {made.consent.date}")
    if not may_be_read_in_the_case(made):
        say("for its custodian alone: nothing of it is shown, searched or handed over")
        return
    _say_tally(tally)
    hint("next: muniment process CASE, so that its text is found")


@click.group()
def source() -> None:
    """List imports and reports, look at one, or withdraw it."""


@source.command("list")
@case_argument
@json_option
def source_list(*, case: Path, as_json: bool) -> None:
    """List every import and report of CASE, withdrawn ones too."""
    with reading(case) as (opened, ledger):
        found = known_sources(ledger)
    if as_json:
        print_json_lines(_plain(opened, each) for each in found)
        return
    for each in found:
        _say_source(opened, each)
    if len(found) == 0:
        say("nothing was imported or reported")


@source.command("show")
@case_argument
@click.argument("name", metavar="ID")
@json_option
def source_show(*, case: Path, name: str, as_json: bool) -> None:
    """Show the import or report ID of CASE, and what came of it."""
    with reading(case) as (opened, ledger):
        each = _known(known_sources(ledger), source_id_of_argument(name))
    if as_json:
        print_json(_plain(opened, each))
        return
    _say_source(opened, each)
    tally = tally_of(opened, each.id)
    if tally is not None:
        _say_what_was_not_taken(tally)


@source.command("withdraw")
@case_argument
@click.argument("name", metavar="ID")
@click.argument("reason", default="")
@by_option
@passphrase_option
@json_option
def source_withdraw(  # noqa: PLR0913 - one parameter for each argument and option
    *, case: Path, name: str, reason: str, actor: str, passphrase_file: Path | None, as_json: bool
) -> None:
    """Take the import or report ID out of every view and export; the journal keeps that it was.

    This is how a consent is withdrawn. The object stays in the vault.
    """
    asked = source_id_of_argument(name)
    with writing(case, passphrase_file) as opened:
        each = _known(sources_of(opened), asked)
        begin_withdrawal(opened.case)
        if not each.stands:
            withdraw_from_views(opened.case, opened.journal, lambda *_: None)
            raise UsageError(f"{asked.hex} was withdrawn before", next_step="nothing is to be done")
        decision = Decision(WITHDRAWAL, withdrawal_body(reason), asked)
        (event,) = opened.journal.append([decision_draft(decision, actor, TOOL)])
        withdraw_from_views(opened.case, opened.journal, lambda *_: None)
        left = _left_since(opened, asked)
    if as_json:
        told = {"id": asked.hex, "withdrawal": event.leaf.hex}
        print_json(told | {"left_before": [msgspec.to_builtins(each) for each in left]})
        return
    say(f"withdrawn {asked.hex}")
    say(f"recorded  {event.leaf.hex}")
    for handed in left:
        say(f"left before, {handed.at[:10]}: to {plain(handed.recipient)}, {handed.manifest}")
    if len(left) > 0:
        hint("what left before is not called back: tell whoever got it")


def _say_what_was_not_taken(tally: SourceTally) -> None:
    for why, count in tally.unread.items():
        say(f"    unread: {count:,} {why}")
    for name, count in tally.unknown.items():
        say(f"    not in the model: {count:,} {plain(name)}")
    for citation, why in tally.places:
        say(f"    {citation}  {plain(why)}")


class _Left(msgspec.Struct, frozen=True):
    """What was handed over while a source stood: it may hold what was withdrawn."""

    event: int
    at: str
    recipient: str
    manifest: str


def _left_since(opened: Writing, source: Digest) -> tuple[_Left, ...]:
    """What left since a source was recorded, by events of the journal."""
    found: list[_Left] = []
    stood = False
    for event in opened.journal.events(0):
        stood = stood or event.leaf == source
        if stood and event.event == "dissemination":
            recipient, manifest = (
                str(event.detail.get(name, "")) for name in ("recipient", "manifest_sha256")
            )
            found.append(_Left(event.seq, print_time(event.at), recipient, manifest))
    return tuple(found)


def _scratch(case: Case) -> tempfile.TemporaryDirectory[str]:
    case.work.mkdir(exist_ok=True)
    return tempfile.TemporaryDirectory(prefix="report-", dir=case.work)


def _read(form: Path) -> bytes:
    try:
        with form.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as why:
        raise UsageError(
            f"{plain(str(form))} cannot be read: {why.strerror}", next_step="check the path"
        ) from why
    if len(data) > _LARGEST:
        raise UsageError(
            f"{plain(form.name)} is larger than {_LARGEST >> 20} MiB",
            next_step="take long documents in with `muniment intake`, and name them in the report",
        )
    return data


def _parsed(form: Path, data: bytes) -> dict[str, Any]:
    try:
        text = data.decode("utf-8-sig")
        plain_: Any = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as why:
        raise UsageError(
            f"{plain(form.name)} is neither TOML nor JSON: {why}", next_step=_REMEDY
        ) from why
    return dict(plain_)


def _report(filled: dict[str, Any], recorded: Digest, given: Digest) -> Report:
    consent = filled.get("consent", {})
    lacking = [name for name in ("by", "scope", "date", "how") if consent.get(name, "") == ""]
    if len(lacking) > 0:
        raise ValueError(f"the consent does not say: {', '.join(lacking)}")
    return Report(
        object=recorded.hex,
        consent=Consent(*(str(consent[name]) for name in ("by", "scope", "date", "how"))),
        custodian=str(filled.get("custodian", "")),
        language=str(filled.get("language", "")),
        name=str(filled.get("name", "")),
        given=given.hex,
    )


def _checked(make: Any) -> Any:
    try:
        return make()
    except (ValueError, msgspec.MsgspecError) as why:
        raise UsageError(f"the report cannot be recorded: {why}", next_step=_REMEDY) from why


def _known(sources: tuple[KnownSource, ...], asked: Digest) -> KnownSource:
    for each in sources:
        if each.id == asked:
            return each
    raise UsageError(
        f"{asked.hex} is no import and no report",
        next_step="`muniment source list CASE` lists them",
    )


def _plain(case: Case, each: KnownSource) -> dict[str, Any]:
    tally = tally_of(case, each.id)
    return {
        "id": each.id.hex,
        "at": each.at,
        "actor": each.actor,
        "source": msgspec.to_builtins(each.source),
        "withdrawn": each.withdrawn,
        "tally": None if tally is None else msgspec.to_builtins(tally),
    }


def _say_source(case: Case, each: KnownSource) -> None:
    state = "" if each.stands else ", withdrawn"
    if each.stands and not each.is_for_the_case:
        state = ": nothing of it is shown, searched or handed over"
    match each.source:
        case Imported(name=name, form=form):
            say(f"import of {form.value} from {plain(name)}, {each.at[:10]}{state}")
        case Report(name=name, consent=consent):
            say(f"report {plain(name)}, for {consent.scope}, {each.at[:10]}{state}")
    say(f"    id {each.id.hex}")
    say(f"    object {each.source.object}")
    if each.is_for_the_case:
        _say_tally(tally_of(case, each.id), "    ")
    elif not each.stands and each.withdrawn != "":
        say(f"    reason: {plain(each.withdrawn or '')}")


def _say_tally(tally: SourceTally | None, mark: str = "") -> None:
    if tally is None:
        say(f"{mark}waits for `muniment process`")
        return
    say(f"{mark}{tally.statements:,} statements, {sum(tally.unread.values()):,} unread")
    if tally.misread > 0:
        say(f"{mark}{tally.misread:,} rows said nothing that could be taken")
