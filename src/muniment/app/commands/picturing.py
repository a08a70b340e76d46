"""`picture`: a page, a picture or a cited place as a PNG file, drawn in a confined process."""

from pathlib import Path

import click

from muniment.app.commands.options import (
    case_argument,
    citation_of_argument,
    json_option,
    passphrase_option,
)
from muniment.app.looking_session import reading
from muniment.app.opened_keys import secrets_of
from muniment.app.show import print_json, say, size
from muniment.catalog import Rasters, RasterWanted, Shown
from muniment.core import Area, Citation, PolicyError, UsageError, Whole, digest_of
from muniment.vault import write_new

_STEPS = {
    "locked": "run `muniment unlock CASE`, or give the passphrase of the signing key",
    "busy": "give the command again",
    "no-picture": "`muniment show CASE CITATION` shows its text",
}
_STEP = "`muniment show CASE CITATION` says what was read there"


@click.command()
@case_argument
@click.argument("citation")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A new PNG file.")
@click.option("--width", type=click.IntRange(1, 10_000), default=1_400, show_default=True)
@click.option("--bare", is_flag=True, help="The cited rectangle alone, without a frame.")
@passphrase_option
@json_option
def picture(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    case: Path,
    citation: str,
    out: Path,
    width: int,
    bare: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Draw what stands at CITATION into a PNG file: the place framed, with what is around it.

    A citation of a page gives the page, one of a picture the picture. WIDTH is in pixels, brought
    up to the next of 240, 480, 700, 1,400 and 2,400; a picture is never made larger than it is.
    """
    asked = citation_of_argument(citation)
    wanted = _wanted(asked, width, bare=bare)
    with (
        reading(case) as (opened, ledger),
        Rasters(opened, ledger, secrets_of(opened, ledger, passphrase_file)) as rasters,
    ):
        found = rasters.picture(wanted)
    if not isinstance(found, Shown):
        raise PolicyError(
            f"there is no picture of that place: {found.reason}",
            next_step=_STEPS.get(found.code, _STEP),
        )
    write_new(out, found.data)
    if as_json:
        print_json({"citation": str(asked), "out": str(out), "sha256": digest_of(found.data).hex})
    else:
        say(f"wrote {out}: {size(len(found.data))}")


def _wanted(asked: Citation, width: int, *, bare: bool) -> RasterWanted:
    place = asked.place
    if not isinstance(place, Area | Whole):
        raise UsageError(
            "that place is no page and no rectangle, so there is no picture of it",
            next_step="cite a page (#page=3) or a rectangle (#page=3&xywh=72,144,200,18)",
        )
    page = place.page if isinstance(place, Area) else None
    box = place.box if isinstance(place, Area) else None
    return RasterWanted(asked.digest, page, width, box, form="png", bare=bare)
