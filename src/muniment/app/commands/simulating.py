"""`simulate`: a fictional county's police cache, with everything that is true of it."""

from pathlib import Path

import click
import msgspec

from muniment.app.commands.options import json_option
from muniment.app.show import hint, print_json, say
from muniment.core import UsageError
from muniment.simulate import SimulationRequest
from muniment.simulate import simulate as write_simulation


@click.command()
@click.option("--seed", type=click.IntRange(0, 2**53 - 1), default=7, show_default=True)
@click.option("--people", type=click.IntRange(200, 300_000), default=1_000, show_default=True)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A new folder.")
@click.option(
    "--dirty",
    is_flag=True,
    help="Also lists that many hands kept: soiled cells, merged ones, headers that come again.",
)
@json_option
def simulate(seed: int, people: int, out: Path, *, dirty: bool, as_json: bool) -> None:
    """Write a simulated leak to OUT/leak and the truth about it to OUT/truth.

    No real person is in it. The same seed and number of people give the same bytes.
    """
    if not out.parent.is_dir():
        raise UsageError(f"{out.parent} is not a folder", next_step="make it first")
    try:
        made = write_simulation(SimulationRequest(seed, people, out, dirty))
    except FileExistsError as why:
        raise UsageError(
            f"{out} is there already and is not empty", next_step="name a new folder"
        ) from why
    if as_json:
        print_json(
            msgspec.structs.asdict(made) | {"leak": str(made.leak), "truth": str(made.truth)}
        )
        return
    say(
        f"wrote {made.files:,} files, those inside others counted, about {made.people:,} people "
        f"who do not exist: {made.leak}"
    )
    say(f"the truth about them, with {made.planted:,} planted errors: {made.truth}")
    for remark in made.remarks:
        say(f"note: {remark}")
    hint(f"next: muniment init CASE, then muniment intake CASE {made.leak}")
