"""`/state`, `/decided`: a person states what a place says, accepts or rejects, and takes it back.

    GET  /state      c (citation), proposal (its id), change (a decision's id), of (an entity's id)
    POST /state      the form: written, by_eye, property, subject, entity, read, note; find, words
    POST /proposed/<sha256>/decided    p (ids of proposals that were ticked), do, property, entity
    GET  /decided    what people decided, the newest first
    POST /decided/<id>/withdrawal      reason

- A form that is refused comes back with what was typed.
- Several proposals are decided together only as far as they were ticked one by one on one page.
"""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Depends, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from muniment.app.judging import (
    Choice,
    Desk,
    changed_of,
    record_judgements,
    rejection_of,
    stated_of,
    take_back,
)
from muniment.app.web.fact_words import LABELS, property_label, schema_label
from muniment.app.web.links import local
from muniment.app.web.pages.table import digest_in_address
from muniment.app.web.room import Room, TheRoom
from muniment.app.web.templating import page
from muniment.catalog import object_view, values_at
from muniment.catalog.facts import ProseView, proposed_of_prose
from muniment.catalog.judging import (
    JudgementView,
    Placed,
    decided_of,
    judgement_named,
    judgements,
    judgements_withheld,
    read_of,
    state_of,
    subject_named,
    subjects_near,
    suggested,
)
from muniment.core import Citation, Digest, Error, UsageError, Whole, parse_citation
from muniment.facts.judgement import Stated
from muniment.facts.model import SCHEMATA, Kind, properties_of
from muniment.vault import tidy

router = APIRouter()

_PATIENCE_S = 2.0
_A_PAGE = 50
_MOST_TICKED = 500
_OFFERED = (
    "Person", "Detention", "Sentence", "Charge", "Facility", "FacilityState", "Order", "Post",
    "Relation", "Age", "Organization", "PublicBody", "Address", "Event",
)  # fmt: skip


class About(msgspec.Struct, frozen=True):
    """What the form is about: a place, and where it came from a proposal or another version."""

    citation: Citation
    proposal: ProseView | None = None
    change: JudgementView | None = None

    @property
    def what(self) -> str:
        """What the form does."""
        if self.change is not None:
            return "change"
        return "state" if self.proposal is None else "accept"


async def _form(request: Request) -> dict[str, list[str]]:
    form = await request.form()
    found: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            found.setdefault(name, []).append(value)
    return found


TheForm = Annotated[dict[str, list[str]], Depends(_form)]
TheText = Annotated[str, Query(max_length=8_000)]


@router.get("/state")
def blank(  # noqa: PLR0913 - one parameter for each field of the address
    *,
    request: Request,
    room: TheRoom,
    c: TheText = "",
    proposal: Annotated[str, Query(max_length=64)] = "",
    change: Annotated[str, Query(max_length=64)] = "",
    of: Annotated[str, Query(max_length=40)] = "",
    back: TheText = "",
) -> Response:
    """The form: what a place says, of whom, and how it is read."""
    about = _about(room, c, proposal, change)
    return _page(request, room, about, _first(room, about) | {"entity": of, "back": back})


@router.post("/state")
def state(request: Request, room: TheRoom, form: TheForm) -> Response:
    """Record what the form says, or look for whom it is of."""
    typed = {name: values[-1] for name, values in form.items()}
    about = _about(room, *(typed.get(name, "") for name in ("c", "proposal", "change")))
    if typed.get("do") == "find":
        return _page(request, room, about, typed)
    try:
        _decide(room, about, typed)
    except Error as why:
        return _page(request, room, about, typed, why)
    return RedirectResponse(_after(about, typed.get("back", "")), 303)


@router.post("/proposed/{sha256}/decided")
def ticked(room: TheRoom, form: TheForm, sha256: str) -> Response:
    """Reject, or accept as one property each, the proposals that were ticked on one page."""
    typed = {name: values[-1] for name, values in form.items()}
    wanted = dict.fromkeys(form.get("p", [])[:_MOST_TICKED])
    if len(wanted) == 0:
        raise UsageError("nothing was ticked", next_step="go back, and tick what is meant")
    digest = digest_in_address(sha256)
    found = [each for each in _proposals(room, digest) if each.id in wanted]
    note = tidy(typed.get("note", ""))
    if typed.get("do") == "reject":
        record_judgements(_desk(room), [rejection_of(each, note) for each in found])
    else:
        entity = typed.get("entity", "").strip()
        choice = Choice(typed.get("property", ""), entity or "new", note=note)
        record_judgements(_desk(room), [stated_of(room.facts, each, choice) for each in found])
    return RedirectResponse(local(typed.get("back", "")) or f"/proposed/{sha256}", 303)


@router.get("/decided")
def decided(
    request: Request,
    room: TheRoom,
    start: Annotated[int, Query(ge=0, le=10**9)] = 0,
    asked: Annotated[str, Query(alias="id", pattern="^[0-9a-f]{0,64}$")] = "",
) -> Response:
    """What people accepted, stated by hand, rejected and took back."""
    found = [each for each in judgements(room.ledger) if asked in ("", each.id)]
    return page(
        request,
        "decided.html",
        decided=found[start : start + _A_PAGE],
        count=len(found),
        before=f"/decided?start={max(0, start - _A_PAGE)}" if start > 0 else None,
        after=f"/decided?start={start + _A_PAGE}" if start + _A_PAGE < len(found) else None,
        asked=asked,
        withheld=judgements_withheld(room.ledger),
        kind_of=_kind_of,
        labels=LABELS,
    )


@router.post("/decided/{name}/withdrawal")
def withdraw(room: TheRoom, form: TheForm, name: str) -> Response:
    """Take back what was decided."""
    typed = {key: values[-1] for key, values in form.items()}
    take_back(_desk(room), (name,), tidy(typed.get("reason", "")))
    return RedirectResponse(local(typed.get("back", "")) or "/decided", 303)


def _desk(room: Room) -> Desk:
    if room.read_only:
        raise UsageError(
            "this case is read-only here: nothing can be decided in it",
            next_step="copy its folder to a disk that can be written, and open the copy",
        )
    return Desk(room.case, room.facts, room.reader, room.passphrase_file, _PATIENCE_S)


def _about(room: Room, c: str, proposal: str, change: str) -> About:
    if change != "":
        view = judgement_named(room.ledger, change)
        if not isinstance(view.judgement, Stated):
            raise UsageError("a rejection states nothing", next_step="withdraw it, then accept it")
        return About(parse_citation(view.judgement.citation), None, view)
    try:
        at = parse_citation(c)
    except ValueError as why:
        raise UsageError(
            f"{c!r} is no citation", next_step="copy one from a page that shows a value"
        ) from why
    try:
        object_view(room.ledger, at.digest)
    except UsageError as why:
        raise HTTPException(404, why.message) from why
    if proposal == "":
        return About(at)
    for each in _proposals(room, at.digest):
        if each.id == proposal:
            return About(parse_citation(each.citation), each)
    raise HTTPException(404, "nothing is proposed of this text under that id")


def _proposals(room: Room, digest: Digest) -> tuple[ProseView, ...]:
    prose = room.ledger.remembered(
        ("proposed of prose", digest.hex), lambda: proposed_of_prose(room.case, digest)
    )
    return prose.proposed


def _first(room: Room, about: About) -> dict[str, str]:
    """What stands in the form before anybody typed."""
    if about.change is not None and isinstance(about.change.judgement, Stated):
        claim = about.change.judgement.claims[0]
        return {
            "written": claim.written,
            "property": f"{claim.schema}:{claim.property}",
            "read": claim.read or "",
            "note": about.change.judgement.note,
            "subject": "",
        }
    if about.proposal is not None:
        likely = suggested(about.proposal.sort)
        # A date may be of anything: nothing is chosen for the person who decides.
        first = likely[0] if about.proposal.sort in ("phone", "post") else ""
        read = about.proposal.read.get("value", "") if first == "" else ""
        return {
            "written": about.proposal.written,
            "property": first,
            "read": read_of(about.proposal, first) if first else read,
        }
    held = values_at(room.case, room.ledger, about.citation, 2)
    return {"written": held[0].written if len(held) == 1 else ""}


def _decide(room: Room, about: About, typed: Mapping[str, str]) -> None:
    desk, note = _desk(room), tidy(typed.get("note", ""))
    if typed.get("do") == "reject" and about.proposal is not None:
        record_judgements(desk, (rejection_of(about.proposal, note),))
        return
    if typed.get("property", "") == "":
        raise UsageError("the form does not say of what it is", next_step="choose a property")
    subject = typed.get("entity", "").strip() or typed.get("subject", "new")
    choice = Choice(typed["property"], subject, tidy(typed.get("read", "")), note)
    if about.change is not None and isinstance(about.change.judgement, Stated):
        made = changed_of(room.case, room.facts, about.change.judgement, choice)
        record_judgements(desk, (made,), about.change.id)
        return
    what: ProseView | Placed | None = about.proposal
    if what is None:
        written = tidy(typed.get("written", ""))
        what = Placed(str(about.citation), written, "by_eye" in typed)
    record_judgements(desk, (stated_of(room.facts, what, choice),))


def _after(about: About, back: str) -> str:
    """The page that shows what came of it."""
    if local(back) != "":
        return back
    if about.proposal is not None:
        return f"/proposed/{about.citation.digest.hex}"
    if about.change is not None:
        return "/decided"
    return "/statements?" + urlencode({"c": str(about.citation)})


def _page(
    request: Request,
    room: Room,
    about: About,
    typed: Mapping[str, str],
    trouble: Error | None = None,
) -> Response:
    sha256 = about.citation.digest.hex
    known = None
    if about.proposal is not None:
        known = decided_of(room.ledger, sha256).get(about.proposal.id)
    words = typed.get("words", "") if typed.get("do") == "find" else ""
    named = typed.get("entity", "").strip()
    return page(
        request,
        "state.html",
        200 if trouble is None else 400,
        about=about,
        object=object_view(room.ledger, about.citation.digest),
        citation=str(about.citation),
        whole=isinstance(about.citation.place, Whole),
        held=values_at(room.case, room.ledger, about.citation, 3),
        known=known,
        state_of=state_of,
        likely=_in_words(suggested(about.proposal.sort) if about.proposal is not None else ()),
        offered=_offered(),
        subjects=subjects_near(room.ledger, room.facts, sha256, words),
        named=subject_named(room.facts, named) if named != "" else None,
        words=words,
        typed=_Typed(typed),
        trouble=trouble,
        labels=LABELS,
    )


class _Typed(dict[str, Any]):
    """What was typed; nothing where nothing was."""

    def __missing__(self, key: str) -> str:
        return ""


def _in_words(names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [
        (name, f"{schema_label(schema)}: {property_label(schema, part)}")
        for name in names
        for schema, _, part in [name.partition(":")]
    ]


def _offered() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every property that a value may be of, by schema."""
    return [
        (
            schema_label(schema),
            [
                (f"{schema}:{name}", each.label)
                for name, each in properties_of(schema).items()
                if each.kind is not Kind.TOPIC
            ],
        )
        for schema in _OFFERED
        if schema in SCHEMATA
    ]


def _kind_of(view: JudgementView) -> str:
    """What somebody did."""
    return "stated by hand" if view.judgement.proposal == "" else state_of(view)
