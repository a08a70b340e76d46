"""`/annotations`: what people wrote beside the evidence, and the way for programs to write."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from starlette.exceptions import HTTPException

from muniment.app.web.api.models import (
    AnnotationModel,
    AnnotationsModel,
    Asked,
    CorrectionAsked,
    DecidedModel,
    HighlightAsked,
    NoteAsked,
    SearchAsked,
    Sha256,
    TagAsked,
    WithdrawalAsked,
)
from muniment.app.web.api.places import read_citation
from muniment.app.web.gate import csrf_holds
from muniment.app.web.margin import notebook_of
from muniment.app.web.pages.notes import Choice
from muniment.app.web.room import TheRoom
from muniment.catalog import allow, annotation, annotations
from muniment.core import PolicyError, UsageError, parse_digest
from muniment.vault import (
    Annotation,
    Correction,
    Highlight,
    Note,
    SavedSearch,
    Tag,
    Withdrawal,
    tidy,
    tidy_name,
)

router = APIRouter(tags=["annotations"])

_MOST = 1_000


class ApiChoice(Choice):
    """Which annotations are asked for, how many at most, and before which event."""

    limit: Annotated[int, Query(ge=1, le=_MOST)] = 100


def may_write(request: Request) -> None:
    """Refuse a change that neither the token nor a page of this session vouches for."""
    if request.state.by_token:
        return
    told = request.headers.get("x-csrf-token", "")
    if request.state.session is None or not csrf_holds(request.state.session, told):
        raise PolicyError(
            "the request does not say that it belongs to this session",
            next_step="send the header X-CSRF-Token with what /api/v1/session says",
        )


@router.get("/annotations")
def list_annotations(room: TheRoom, choice: Annotated[ApiChoice, Query()]) -> AnnotationsModel:
    """What people wrote, the newest first."""
    found = annotations(room.ledger, choice.wanted(), choice.limit + 1, choice.before)
    shown = [AnnotationModel.model_validate(each) for each in found[: choice.limit]]
    more = None
    if len(found) > choice.limit:
        fields = choice.model_dump(exclude_defaults=True) | {"before": shown[-1].event}
        fields = {
            name: str(value).lower() if value is True else value for name, value in fields.items()
        }
        more = f"/api/v1/annotations?{urlencode(fields)}"
    return AnnotationsModel(annotations=shown, next=more)


@router.get("/annotations/{name}")
def one_annotation(room: TheRoom, name: Annotated[Sha256, Path()]) -> AnnotationModel:
    """One annotation with its history; a correction's id leads to what it corrects."""
    found = annotation(room.ledger, parse_digest(name))
    if found is None:
        raise HTTPException(404, f"nothing was written under the id {name}")
    return AnnotationModel.model_validate(found)


@router.post(
    "/annotations",
    status_code=201,
    dependencies=[Depends(may_write)],
    responses={202: {"model": DecidedModel, "description": "It is kept, not yet in the journal."}},
)
def write(room: TheRoom, asked: Asked, response: Response) -> DecidedModel:
    """Write a note, tag, highlight or search, or correct or withdraw one.

    It is signed into the journal under the pseudonym of the room's reader.
    """
    meant = _meant(asked)
    allow(room.ledger, meant, room.reader)
    decided = notebook_of(room).decide((meant,))
    response.status_code = 202 if decided.waits else 201
    return DecidedModel.model_validate(decided)


def _meant(asked: Asked) -> Annotation:
    """What is asked for, tidied like what is typed into a form.

    Raises:
        UsageError: it is no annotation.
    """
    try:
        match asked:
            case NoteAsked():
                return Note(read_citation(asked.target), tidy(asked.body))
            case TagAsked():
                return Tag(read_citation(asked.target), tidy_name(asked.body))
            case HighlightAsked():
                return Highlight(read_citation(asked.target), tidy(asked.body))
            case SearchAsked():
                filters = tuple(asked.filters)
                return SavedSearch(tidy_name(asked.body), tidy(asked.query), filters)
            case CorrectionAsked():
                return Correction(parse_digest(asked.of), tidy(asked.body))
            case WithdrawalAsked():
                return Withdrawal(parse_digest(asked.of), tidy(asked.body))
    except ValueError as why:
        raise UsageError(str(why), next_step="write it so, and ask again") from why
