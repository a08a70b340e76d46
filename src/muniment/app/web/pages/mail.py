"""`/mail`: messages, conversations, people, and which messages carried a file."""

import json
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import Response

from muniment.app.web.margin import margin_of
from muniment.app.web.room import TheRoom
from muniment.app.web.templating import page
from muniment.catalog import chain, names_of, parts_of, step_for_state
from muniment.catalog.mail import (
    COUNTED,
    MAPI_TYPES,
    MailQuery,
    Order,
    carriers,
    conversations_listed,
    mail_state,
    message_text,
    message_view,
    messages,
    people,
    person_view,
    shown,
    thread_view,
)
from muniment.core import Citation, Digest, State, UsageError, parse_digest

router = APIRouter()

_ROWS = 50
_AROUND = 12  # messages of the conversation beside one of them
_MOST_CARRIERS = 200
Word = Annotated[str, Query(max_length=500)]
Day = Annotated[str, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
Hash = Annotated[str, Query(pattern=r"^([0-9a-f]{64})?$")]
Cursor = Annotated[str, Query(max_length=4_000)]


@router.get("/mail")
def mail(  # noqa: PLR0913 - one parameter for each field of the form
    request: Request,
    room: TheRoom,
    *,
    sender: Word = "",
    recipient: Word = "",
    subject: Word = "",
    first: Day = "",
    last: Day = "",
    files: bool = False,
    container: Hash = "",
    order: Order = Order.NEWEST,
    after: Cursor = "",
) -> Response:
    """Messages, filtered and in an order."""
    asked = MailQuery(
        sender=sender,
        recipient=recipient,
        subject=subject,
        first_day=first,
        last_day=last,
        with_files=files,
        container=container,
        order=order,
    )
    found = messages(room.ledger, asked, limit=_ROWS, after=after)
    return page(
        request,
        "mail.html",
        asked=asked,
        found=found,
        counted=COUNTED,
        state=mail_state(room.ledger),
        orders=tuple(Order),
        container_name=_called(room, container) if container != "" else "",
        later=_later(request, found.after),
        first_page=_beginning(request),
        shown=shown,
    )


@router.get("/mail/threads")
def threads(request: Request, room: TheRoom, *, subject: Word = "", after: Cursor = "") -> Response:
    """Conversations, the newest first."""
    found = conversations_listed(room.ledger, subject=subject, limit=_ROWS, after=after)
    return page(
        request,
        "mail_threads.html",
        subject=subject,
        found=found,
        counted=COUNTED,
        state=mail_state(room.ledger),
        later=_later(request, found.after),
        first_page=_beginning(request),
    )


@router.get("/mail/thread/{conversation}")
def thread(
    request: Request, room: TheRoom, conversation: str, *, at: Annotated[int, Query(ge=0)] = 0
) -> Response:
    """One conversation."""
    _digest(conversation)
    view = thread_view(room.ledger, conversation, first=at, limit=_ROWS * 2)
    if view is None:
        raise HTTPException(404, "there is no such conversation in this case")
    return page(request, "mail_thread.html", view=view, at=at, step=_ROWS * 2, shown=shown)


@router.get("/mail/people")
def addresses(request: Request, room: TheRoom, *, word: Word = "", after: Cursor = "") -> Response:
    """Addresses and how often they stand in the mail."""
    found = people(room.ledger, word=word, limit=_ROWS, after=_people_after(after))
    later = "" if found.after is None else json.dumps(found.after, ensure_ascii=False)
    return page(
        request,
        "mail_people.html",
        word=word,
        found=found,
        state=mail_state(room.ledger),
        later=_later(request, later),
        first_page=_beginning(request),
    )


@router.get("/mail/person")
def person(request: Request, room: TheRoom, who: Word) -> Response:
    """One address: spellings, to whom it wrote, from whom it received."""
    view = person_view(room.ledger, who, limit=_ROWS)
    if view is None:
        raise HTTPException(404, "nobody is named like that in the mail of this case")
    return page(request, "mail_person.html", view=view, most=_ROWS)


@router.get("/mail/attachment/{sha256}")
def attachment(request: Request, room: TheRoom, sha256: str) -> Response:
    """Every message that carried these bytes."""
    digest = _digest(sha256)
    names = names_of(room.ledger, digest)
    if len(names) == 0:
        raise HTTPException(404, "the case has no such file")
    return page(
        request,
        "mail_attachment.html",
        sha256=sha256,
        names=names,
        found=carriers(room.ledger, sha256, limit=_MOST_CARRIERS),
        most=_MOST_CARRIERS,
        shown=shown,
    )


@router.get("/mail/{sha256}")
def message(request: Request, room: TheRoom, sha256: str) -> Response:
    """One message."""
    digest = _digest(sha256)
    view = message_view(room.ledger, sha256)
    if view is None:
        raise HTTPException(404, "no message of this case has these bytes")
    first = max(0, view.position - _AROUND // 2)
    around = thread_view(room.ledger, view.row.conversation, first=first, limit=_AROUND)
    return page(
        request,
        "mail_message.html",
        view=view,
        around=around,
        text=message_text(digest, parts_of(room.case, digest), mapi=view.type in MAPI_TYPES),
        way=chain(room.ledger, digest),
        shown=shown,
        step=lambda state, reason: step_for_state(State(state), reason) if state != "" else "",
        margin=margin_of(room, Citation(digest)),
    )


def _digest(sha256: str) -> Digest:
    """The digest in an address; a page that says so where it is none."""
    try:
        return parse_digest(sha256)
    except ValueError as why:
        raise HTTPException(404, "this is not the sha256 of a file: 64 hex digits") from why


def _called(room: TheRoom, sha256: str) -> str:
    names = names_of(room.ledger, parse_digest(sha256))
    return names[0] if len(names) > 0 else sha256[:16]


def _later(request: Request, after: str) -> str:
    """The same question for the page behind `after`; nothing where that is the last."""
    return "" if after == "" else _asked(request, {"after": after})


def _beginning(request: Request) -> str:
    """The first page of the same question; nothing on the first page itself."""
    return _asked(request, {}) if request.query_params.get("after", "") != "" else ""


def _asked(request: Request, more: dict[str, str]) -> str:
    kept = {name: value for name, value in request.query_params.items() if name != "after"}
    asked = urlencode({name: value for name, value in (kept | more).items() if value != ""})
    return request.url.path + (f"?{asked}" if asked != "" else "")


def _people_after(after: str) -> tuple[int, str] | None:
    if after == "":
        return None
    try:
        count, key = json.loads(after)
        return (int(count), str(key))
    except (ValueError, TypeError, RecursionError) as why:
        raise UsageError(
            "the address of this page is damaged", next_step="begin again at /mail/people"
        ) from why
