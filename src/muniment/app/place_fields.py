"""What stands at a place, as `muniment show --json` and the API give it."""

from collections.abc import Sequence
from typing import Any

from muniment.catalog import Standing
from muniment.core import Citation

_LETTERS = ("text", "cell")


def place_fields(place: Citation, found: Sequence[Standing]) -> dict[str, Any]:
    """The citation, what is written there, what is shown (`text` or `value`), and the parts."""
    shown: dict[str, Any] = {"citation": str(place), "sha256": place.digest.hex}
    # Where letters stand, they are what is asked for; the picture under them is among the parts.
    letters = [each for each in found if each.kind in _LETTERS] or found
    kinds = {each.kind for each in letters}
    joiner = "\t" if kinds == {"cell"} else "\n"
    shown["written"] = joiner.join(each.written for each in letters)
    name = "text" if "text" in kinds else "value"
    shown[name] = joiner.join(each.shown for each in letters)
    shown["parts"] = [
        {
            "kind": each.kind,
            "at": str(Citation(place.digest, each.at)),
            "shown": each.shown,
            "written": each.written,
        }
        for each in found
    ]
    return shown
