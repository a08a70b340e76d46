"""Records what a person states, rejects or takes back, and makes the statements that stand.

- What is asked is looked at again under the case's lock: of two people who decide the same, the
  second is told.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from muniment.app.session import TOOL, Writing, writing
from muniment.catalog import Ledger, catch_up, open_ledger
from muniment.catalog.facts import Asked, ProseView, proposed_of_prose
from muniment.catalog.judging import (
    JudgementView,
    Placed,
    Subject,
    bring_judgements_up_to_date,
    check_stated,
    claims_at,
    claims_of,
    decided_of,
    judgement_named,
    judgements,
    subject_named,
)
from muniment.core import Digest, UsageError, parse_citation, parse_digest
from muniment.facts.judgement import (
    REJECTED,
    STATED,
    TAKEN_BACK,
    Judgement,
    Rejected,
    Stated,
    judgement_body,
)
from muniment.facts.model import property_named, schema_of
from muniment.facts.sources import withdrawal_body
from muniment.vault import Case, Decision, HeldError, decision_draft

_POLL_S = 0.05
NEW = "new:"  # before a schema: an entity that the statement makes


class Desk(msgspec.Struct, frozen=True):
    """Where somebody decides: the case, its tables of facts, who they are, and their patience.

    `patience_s` is how long another process's hold on the case is waited for.
    """

    case: Case
    tables: Asked
    actor: str
    passphrase_file: Path | None = None
    patience_s: float = 0.0


def record_judgements(
    desk: Desk, asked: Sequence[Judgement], supersedes: str = ""
) -> tuple[str, ...]:
    """Record these judgements, in order; the ids of their decisions, in hex.

    Raises:
        UsageError: one of them cannot be meant, was made before, or the case is held.
    """

    def decisions(ledger: Ledger) -> list[Decision]:
        before = None if supersedes == "" else _standing(ledger, supersedes)
        for each in asked:
            _check(desk, ledger, each, before)
        of = None if before is None else parse_digest(before.id)
        kinds = [STATED if isinstance(each, Stated) else REJECTED for each in asked]
        return [
            Decision(kind, judgement_body(each), of)
            for kind, each in zip(kinds, asked, strict=True)
        ]

    return _record(desk, decisions)


def take_back(desk: Desk, names: Sequence[str], reason: str) -> tuple[str, ...]:
    """Take back judgements by their ids; the ids of the withdrawals.

    Raises:
        UsageError: one of them is unknown or does not stand, or the case is held.
    """

    def decisions(ledger: Ledger) -> list[Decision]:
        found = [_standing(ledger, name) for name in names]
        body = withdrawal_body(reason)
        return [Decision(TAKEN_BACK, body, parse_digest(view.id)) for view in found]

    return _record(desk, decisions)


def subject_of(tables: Asked, said: str, qualified: str) -> Subject | None:
    """The subject that a person names: an entity's id, or `new:` for one that is made.

    Raises:
        UsageError: nothing is stated of it, or the property is unknown.
    """
    if property_named(qualified) is None:
        raise UsageError(
            f"the model has no property {qualified!r}",
            next_step="write it as Schema:property; docs/reference/model.md lists them",
        )
    if said in ("", "new"):
        return None
    if said.startswith(NEW):
        schema = said.removeprefix(NEW)
        own = qualified.partition(":")[0]
        if schema_of(schema) is None or schema != own:
            raise UsageError(
                f"{qualified} is said of a {own}, not of a new {schema or 'nothing'}",
                next_step=f"write {NEW}{own}",
            )
        return None
    found = subject_named(tables, said)
    if found is None:
        raise UsageError(
            f"nothing is stated of an entity {said[:40]!r}",
            next_step="copy an id of 40 hex digits from `muniment statements CASE`, or write new",
        )
    return found


class Choice(msgspec.Struct, frozen=True):
    """How a person puts what is written somewhere: a property, of whom, how they read it, why.

    `subject` is an entity's id, or `new`.
    """

    qualified: str
    subject: str = "new"
    said: str = ""
    note: str = ""


def stated_of(tables: Asked, what: ProseView | Placed, choice: Choice) -> Stated:
    """The judgement that a proposal is accepted, or that a place states something.

    Raises:
        UsageError: the property or the subject is unknown, or what is read is not in its form.
    """
    subject = subject_of(tables, choice.subject, choice.qualified)
    try:
        if isinstance(what, ProseView):
            claims = claims_of(what, choice.qualified, subject, choice.said)
            return Stated(claims, what.id, TOOL, choice.note)
        return Stated(claims_at(what, choice.qualified, subject, choice.said), note=choice.note)
    except ValueError as why:
        raise UsageError(
            f"that cannot be stated: {why}",
            next_step="docs/reference/model.md lists properties, and what each may hold",
        ) from why


def changed_of(case: Case, tables: Asked, before: Stated, choice: Choice) -> Stated:
    """Another version of a statement; of the same subject where `choice` names none.

    Raises:
        UsageError: as `stated_of`.
    """
    first = before.claims[0]
    if choice.subject != "":
        made = stated_of(tables, _what_of(case, before), choice)
    else:
        placed = Placed(first.citation, first.written, first.by_eye)
        own = msgspec.structs.replace(choice, subject=first.entity)
        # The rest stays as it was said: that a detention is of somebody, who holds a post.
        claims = (*stated_of(tables, placed, own).claims, *before.claims[1:])
        made = Stated(claims, note=choice.note)
    return msgspec.structs.replace(made, proposal=before.proposal, tool=before.tool)


def _what_of(case: Case, stated: Stated) -> ProseView | Placed:
    """The proposal or the place that a statement was made of."""
    first = stated.claims[0]
    if stated.proposal != "":
        digest = parse_citation(first.citation).digest
        for each in proposed_of_prose(case, digest).proposed:
            if each.id == stated.proposal:
                return each
    return Placed(first.citation, first.written, first.by_eye)


def rejection_of(proposal: ProseView, note: str) -> Rejected:
    """The judgement that a proposal states nothing."""
    return Rejected(proposal.id, proposal.sort, proposal.written, proposal.citation, note)


def _record(desk: Desk, decisions: Callable[[Ledger], list[Decision]]) -> tuple[str, ...]:
    give_up = time.monotonic() + desk.patience_s
    while True:
        try:
            with writing(desk.case.folder, desk.passphrase_file) as opened:
                return tuple(each.hex for each in _append(desk, opened, decisions))
        except HeldError:
            if time.monotonic() > give_up:
                raise
            time.sleep(_POLL_S)


def _append(
    desk: Desk, opened: Writing, decisions: Callable[[Ledger], list[Decision]]
) -> list[Digest]:
    ledger = open_ledger(opened.case)
    try:
        catch_up(ledger, opened.journal)
        try:
            drafts = [decision_draft(each, desk.actor, TOOL) for each in decisions(ledger)]
        except ValueError as why:
            raise UsageError(str(why), next_step="say it in another form") from why
        events = opened.journal.append(drafts)
        catch_up(ledger, opened.journal)
        bring_judgements_up_to_date(opened.case, ledger)
        return [event.leaf for event in events]
    finally:
        ledger.close()


def _check(desk: Desk, ledger: Ledger, asked: Judgement, before: JudgementView | None) -> None:
    if isinstance(asked, Stated):
        check_stated(desk.case, ledger, desk.tables, asked)
        _refuse_twice(ledger, asked)
    known = (
        decided_of(ledger, parse_citation(asked.citation).digest.hex).get(asked.proposal)
        if asked.proposal
        else None
    )
    if known is not None and (before is None or known.id != before.id):
        done = "accepted" if isinstance(known.judgement, Stated) else "rejected"
        raise UsageError(
            f"this proposal was {done} by {known.actor} before, as {known.id[:12]}…",
            next_step="nothing is to be done; or take that back first (`muniment fact withdraw`)",
        )


def _refuse_twice(ledger: Ledger, asked: Stated) -> None:
    for view in judgements(ledger):
        same = isinstance(view.judgement, Stated) and view.judgement.claims == asked.claims
        if view.stands and same:
            raise UsageError(
                f"the same was stated by {view.actor} before, as {view.id[:12]}…",
                next_step="nothing is to be done",
            )


def _standing(ledger: Ledger, name: str) -> JudgementView:
    found = judgement_named(ledger, name)
    if not found.stands:
        raise UsageError(
            f"{found.id[:12]}… does not stand: it was {found.state} before",
            next_step="nothing is to be done; `muniment fact list CASE` shows what stands",
        )
    return found
