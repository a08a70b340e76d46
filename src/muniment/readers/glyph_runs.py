"""Runs of glyphs as XPS places them on a page, joined to the words and lines that they make.

    OriginX=72 "R"  OriginX=79.3 "ain"  OriginX=95.2 "bow"  …      Rainbow
    OriginX=104 "abcd"                          OriginX=156 "efg"  two cells of a table

- Runs are joined that follow each other in the file on one baseline, from left to right, where
  the next begins within the width of a letter behind the last; in doubt they stay apart.
- A joined run stands at its first one.

Source: ECMA-388 (Open XML Paper Specification), §12.1 (Glyphs), §12.1.3 (Indices: advances in
hundredths of an em).
"""

from collections.abc import Mapping

import msgspec

from muniment.core import TextSpan

_WIDEST = 1.05  # em: a letter's width; what begins farther behind the last letter stands apart
_LEVEL = 0.1  # em by which baselines may differ
_BACK = 0.1  # em by which a letter may reach back over the last


class _Run(msgspec.Struct, frozen=True):
    """A run from left to right: where its last letter begins, its baseline, its letters' size."""

    start: float
    last: float
    baseline: float
    em: float


class GlyphRuns:
    """Takes runs one by one; gives back what nothing more belongs to."""

    def __init__(self) -> None:
        self._held: TextSpan | None = None
        self._last: _Run | None = None

    def add(self, span: TextSpan, attributes: Mapping[str, str]) -> TextSpan | None:
        """What ends before this run, if it does not go on with it."""
        before, last, run = self._held, self._last, _run_of(span.text, attributes)
        self._last = run
        if before is not None and last is not None and run is not None and _goes_on(last, run):
            self._held = msgspec.structs.replace(before, text=before.text + span.text)
            return None
        self._held = span
        return before

    def rest(self) -> TextSpan | None:
        """What is held at the end."""
        held, self._held = self._held, None
        return held


def _goes_on(last: _Run, run: _Run) -> bool:
    em = max(last.em, run.em)
    apart = run.start - last.last
    return abs(run.baseline - last.baseline) <= _LEVEL * em and -_BACK * em < apart <= _WIDEST * em


def _run_of(text: str, attributes: Mapping[str, str]) -> _Run | None:
    """None where it runs from the right, or where its advances are not stated."""
    try:
        start, baseline, em = (
            float(attributes.get(name, ""))
            for name in ("OriginX", "OriginY", "FontRenderingEmSize")
        )
        if int(attributes.get("BidiLevel") or 0) % 2 == 1 or attributes.get("IsSideways") == "true":
            return None
        advances = [
            float(fields[1])
            for each in attributes.get("Indices", "").split(";")
            if len(fields := each.split(",")) > 1 and fields[1] != ""
        ]
    except ValueError:
        return None
    if len(advances) < len(text) - 1:
        return None
    return _Run(start, start + sum(advances[: len(text) - 1]) * em / 100, baseline, em)
