"""`/`: what arrived, what came of it, what is missing, and what to do next."""

from datetime import datetime

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response

from muniment.app.jobs import Action, Job, JobState, jobs, working
from muniment.app.web.language_names import language_named
from muniment.app.web.overview_plots import (
    is_drawn,
    languages,
    sizes,
    stated_dates,
    what_came_of_it,
)
from muniment.app.web.pages.missing import problem_url, shortcoming_url
from muniment.app.web.plots import Plot, keep
from muniment.app.web.room import Room, TheRoom
from muniment.app.web.templating import page
from muniment.app.web.wording import capital, with_commands
from muniment.catalog import (
    DateCount,
    DateStanding,
    IntakeView,
    date_counts,
    holdings,
    intakes,
    language_counts,
    next_steps,
    openings,
    recorded_settings,
    shortcomings,
    size_counts,
    tasks_counted,
)
from muniment.vault import custody

router = APIRouter()
_STEPS = 6  # shown at once
_CODES = 10
_INTAKES = 20


class DatesTold(msgspec.Struct, frozen=True):
    """What of the stated dates is on the plot, and what is not, and why."""

    drawn: int
    later: int
    earlier: int
    only_a_year: int
    zeros: int
    unread: int


@router.get("/")
def overview(request: Request, room: TheRoom) -> Response:
    """The first page."""
    ledger, held = room.ledger, holdings(room.ledger)
    arrived, missing, dates = intakes(ledger), shortcomings(ledger), date_counts(ledger)
    until = _month_of(arrived, room.clock())
    timeline = stated_dates(dates, until)
    journal = custody(room.case)
    steps = next_steps(ledger)
    return page(
        request,
        "overview.html",
        held=held,
        share=None if held.objects == 0 else 1 - held.unread / held.objects,
        intakes=arrived[-_INTAKES:],
        intakes_total=len(arrived),
        cut_off=[each for each in arrived if not each.finished],
        steps=steps[:_STEPS],
        steps_more=len(steps[_STEPS:]),
        unread=[each for each in missing if each.is_unread],
        codes=[each for each in missing if not each.is_unread][:_CODES],
        codes_total=sum(1 for each in missing if not each.is_unread),
        kinds_plot=None if held.objects == 0 else keep(request, what_came_of_it(held)),
        dates_plot=None if timeline is None else keep(request, timeline),
        sizes_plot=_sizes(request, room),
        languages_plot=_languages(request, room),
        told=_told(dates, until),
        until=until,
        custody=journal,
        behind=journal.events - ledger.events_taken_in(),
        verified=_last(room, Action.VERIFY),
        at_work=working(room.case),
        opened=openings(ledger),
        letters=recorded_settings(ledger),
        letter_tasks=tasks_counted(ledger),
        language_named=language_named,
        walls=room.walls,
        pieces=lambda text: with_commands(capital(text), room.case.folder),
        shortcoming_url=shortcoming_url,
        problem_url=problem_url,
    )


def _sizes(request: Request, room: Room) -> Plot | None:
    counts = size_counts(room.ledger)
    return None if len(counts) == 0 else keep(request, sizes(counts))


def _languages(request: Request, room: Room) -> Plot | None:
    counts = language_counts(room.ledger)
    told = sum(files for _, files in counts)
    return None if len(counts) == 0 else keep(request, languages(counts, told))


def _month_of(arrived: tuple[IntakeView, ...], now: datetime) -> str:
    """The month in which the newest files arrived; this one where none did."""
    newest = max((each.at for each in arrived), default="")
    return newest[: len("2019-03")] or f"{now:%Y-%m}"


def _told(counts: tuple[DateCount, ...], until: str) -> DatesTold:
    def of(*, later: bool = False, earlier: bool = False, years: bool = False) -> int:
        return sum(
            each.count
            for each in counts
            if each.standing is DateStanding.PLAIN
            and (len(each.month) == len("2019")) == years
            and (years or (each.month > until) == later)
            and (years or (each.month < "1970-01") == earlier)
        )

    def standing(wanted: DateStanding) -> int:
        return sum(each.count for each in counts if each.standing is wanted)

    return DatesTold(
        drawn=sum(each.count for each in counts if is_drawn(each, until)),
        later=of(later=True),
        earlier=of(earlier=True),
        only_a_year=of(years=True),
        zeros=standing(DateStanding.ZERO),
        unread=standing(DateStanding.UNREAD),
    )


def _last(room: Room, action: Action) -> Job | None:
    """The newest job of that sort that did its work."""
    done = (job for job in jobs(room.case) if job.state is JobState.DONE)
    return next((job for job in done if job.asked.action == action), None)
