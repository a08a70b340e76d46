"""Puts the whole simulated leak together, one kind of document after the other.

Invariants:

- the output folder is new or empty: nothing is ever overwritten;
- each kind draws from its own random stream, so kinds can be added without changing the others.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec

from muniment.simulate.archives import write_archives
from muniment.simulate.cache import Cache
from muniment.simulate.counts import count
from muniment.simulate.county import COUNTY
from muniment.simulate.damaged import write_damaged
from muniment.simulate.delivery import Delivery
from muniment.simulate.dirty_lists import write_dirty_lists
from muniment.simulate.fonts import find_fonts
from muniment.simulate.hostile import write_hostile
from muniment.simulate.households import LIST_DATE
from muniment.simulate.identity import COUNTY_CODE
from muniment.simulate.letters import write_letters
from muniment.simulate.locked import write_locked
from muniment.simulate.pages import write_pages
from muniment.simulate.papers import write_papers
from muniment.simulate.people import CUT_OFF, draw_people
from muniment.simulate.people_truth import write_people, write_relations
from muniment.simulate.photos import write_photos
from muniment.simulate.portrait_list import write_portrait_list
from muniment.simulate.press import write_press
from muniment.simulate.registers import write_register
from muniment.simulate.reports import write_reports
from muniment.simulate.request import (
    FEWEST_PEOPLE,
    MOST_PEOPLE,
    SimulationRequest,
    SimulationSummary,
)
from muniment.simulate.text_lists import write_text_lists
from muniment.simulate.truth import Truth

_KINDS: tuple[Callable[[Cache], None], ...] = (
    write_register,
    write_text_lists,
    write_papers,
    write_photos,
    write_portrait_list,
    write_locked,
    write_letters,
    write_archives,
    write_pages,
    write_damaged,
    write_hostile,
    write_reports,
    write_press,
)

TRUTH_FORMAT = "muniment-simulated-leak/1"


def simulate(request: SimulationRequest) -> SimulationSummary:
    """Write `out/leak` and `out/truth`; the same request gives the same bytes.

    Raises `ValueError` for a number of people out of range and `FileExistsError` where `out`
    holds something already.
    """
    _check(request)
    leak, truth_root = request.out / "leak", request.out / "truth"
    leak.mkdir(parents=True)
    truth_root.mkdir()
    people = draw_people(request.seed, request.people)
    counts = count(people)
    with Truth(truth_root, dirty=request.dirty) as truth:
        fonts = find_fonts()
        cache = Cache(request.seed, people, counts, Delivery(leak, truth), fonts)
        for write in _KINDS:
            write(cache)
        if request.dirty:
            write_dirty_lists(cache)
        write_people(truth_root / "people.csv", people)
        write_relations(truth_root / "relations.csv", people)
        _write_summary(request, cache)
    return SimulationSummary(
        leak=leak,
        truth=truth_root,
        people=counts.people,
        adults=counts.adults,
        detained_adults=counts.detained_adults,
        files=truth.kinds.total(),
        planted=truth.planted_kinds.total(),
        remarks=fonts.remarks,
    )


def _check(request: SimulationRequest) -> None:
    if not FEWEST_PEOPLE <= request.people <= MOST_PEOPLE:
        message = f"people must lie between {FEWEST_PEOPLE} and {MOST_PEOPLE}: {request.people}"
        raise ValueError(message)
    if _holds_something(request.out):
        raise FileExistsError(f"the output folder is not empty: {request.out}")


def _holds_something(out: Path) -> bool:
    return out.exists() and (not out.is_dir() or any(out.iterdir()))


def _write_summary(request: SimulationRequest, cache: Cache) -> None:
    truth, counts = cache.truth, cache.counts
    truth.write_summary(
        {
            "format": TRUTH_FORMAT,
            "seed": request.seed,
            "county": {"zh": COUNTY.zh, "ug": COUNTY.ug, "ru": COUNTY.ru, "en": COUNTY.en},
            "county_code": COUNTY_CODE,
            "list_date": LIST_DATE.isoformat(),
            "cut_off": CUT_OFF.isoformat(),
            "counts": msgspec.to_builtins(counts),
            "files_by_kind": dict(sorted(truth.kinds.items())),
            "files_by_state": dict(sorted(truth.states.items())),
            "planted": dict(sorted(truth.planted_kinds.items())),
            "passwords": truth.passwords,
            "tables": truth.tables,
            "fonts": cache.fonts.named,
        }
    )
