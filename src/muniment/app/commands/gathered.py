"""`mail` and `pictures`: what messages and pictures state of themselves, gathered over the case."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from muniment.app.commands.options import case_argument, json_option, limit_option
from muniment.app.looking_session import reading
from muniment.app.show import hint, plain, print_json_lines, say
from muniment.catalog import Ledger
from muniment.catalog.mail import (
    MailQuery,
    MessageRow,
    Order,
    instant_of,
    mail_state,
    messages,
    shown,
)
from muniment.catalog.pictures import PictureQuery, PictureRow
from muniment.catalog.pictures import pictures as list_pictures

_AT_ONCE = 500
_day = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@case_argument
@click.option("--from", "sender", default="", help="An address, or a part of one or of a name.")
@click.option("--to", "recipient", default="", help="The same of a recipient.")
@click.option("--subject", default="", help="Words that the subject holds.")
@click.option("--first-day", type=_day, help="Not before this day, as the senders' clocks had it.")
@click.option("--last-day", type=_day, help="Not after this day.")
@click.option("--with-files", is_flag=True, help="Only messages that carry files.")
@click.option("--order", type=click.Choice(list(Order)), default=Order.NEWEST, show_default=True)
@limit_option
@json_option
def mail(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    case: Path,
    sender: str,
    recipient: str,
    subject: str,
    first_day: Any,
    last_day: Any,
    with_files: bool,
    order: str,
    limit: int,
    as_json: bool,
) -> None:
    """List messages: who wrote to whom, when by their own date, about what.

    A date without a zone stays without one. A sender is who a message says sent it.
    """
    asked = MailQuery(
        sender=sender,
        recipient=recipient,
        subject=subject,
        first_day="" if first_day is None else f"{first_day:%Y-%m-%d}",
        last_day="" if last_day is None else f"{last_day:%Y-%m-%d}",
        with_files=with_files,
        order=Order(order),
    )
    with reading(case) as (_, ledger):
        rows = _messages(ledger, asked, limit)
        if as_json:
            print_json_lines(_as_json(row) for row in rows)
            return
        for row in rows:
            _say_message(row)
        waiting = mail_state(ledger).waiting
    if waiting > 0:
        hint(f"note: {waiting} message files are not among them yet; run `muniment process`")


@click.command()
@case_argument
@click.option("--camera", default="", help="Make and model as listed; '-' for none.")
@click.option("--year", default="", help="The year they say they were taken in.")
@click.option("--located", is_flag=True, help="Only those that state coordinates.")
@click.option("--thumbnails", is_flag=True, help="Thumbnails inside pictures too.")
@limit_option
@json_option
def pictures(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    case: Path,
    camera: str,
    year: str,
    located: bool,
    thumbnails: bool,
    limit: int,
    as_json: bool,
) -> None:
    """List pictures: size, camera, when and where each says it was taken.

    What a file states of itself anybody can have written; who is on a picture is never asked.
    """
    asked = PictureQuery(
        camera=camera, year=year, located="yes" if located else "", inner=thumbnails
    )
    with reading(case) as (_, ledger):
        rows = _pictures(ledger, asked, limit)
        if as_json:
            print_json_lines(rows)
            return
        for row in rows:
            _say_picture(row)


def _messages(ledger: Ledger, asked: MailQuery, limit: int) -> Iterator[MessageRow]:
    after, left = "", limit
    while left > 0:
        page = messages(ledger, asked, limit=min(left, _AT_ONCE), after=after)
        yield from page.rows
        after, left = page.after, left - len(page.rows)
        if after == "":
            return


def _pictures(ledger: Ledger, asked: PictureQuery, limit: int) -> Iterator[PictureRow]:
    after, left = None, limit
    while left > 0:
        page = list_pictures(ledger, asked, limit=min(left, _AT_ONCE), after=after)
        yield from page.rows
        after, left = page.after, left - len(page.rows)
        if after is None:
            return


def _as_json(row: MessageRow) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(msgspec.json.encode(row))
    del told["cursor"]
    return told | {"sender_written": row.sender_written, "instant": instant_of(row.date) or None}


def _say_message(row: MessageRow) -> None:
    date = shown(row.date) or "no date"
    to = ", ".join(row.first_recipients) or "nobody stated"
    more = row.recipients - len(row.first_recipients)
    say(f"{row.sha256[:16]}  {plain(date)}  {plain(row.subject) or '(no subject)'}")
    carried = "" if row.files == 0 else f"  [{row.files} files]"
    say(
        f"{'':<16}  {plain(row.sender_written) or 'nobody stated'} → {plain(to)}"
        f"{f' and {more} more' if more > 0 else ''}{carried}"
    )


def _say_picture(row: PictureRow) -> None:
    taken = shown(row.taken) or "no time stated"
    zone = "" if row.taken.local is None or row.taken.zone_known else " (no zone stated)"
    place = "" if row.latitude is None else f"  {row.latitude}, {row.longitude}"
    say(f"{row.sha256[:16]}  {row.width} × {row.height}  {plain(taken)}{zone}{place}")
    say(f"{'':<16}  {plain(row.camera) or 'no camera stated'}  {plain(row.name)}")
