"""Plots: Vega-Lite drawn on this machine, in a light and a dark version, with their data.

    plot = Plot(title=…, description=…, spec=…, rows=…)
    keep(request, plot)        its key; the page's macro `figure` shows /plot/<key>.svg

- A plot is drawn when a browser asks for it and kept in the case's cache under the digest of what
  was drawn: the same data are the same picture.
- Its data are kept there too, so that another process of the room can draw it; what does not give
  the digest that it is named by is none.
- As SVG; and in pixels for browsers that show no SVG (Tor Browser's "Safest" level).
- Nothing is fetched: a specification that names an address is an error of ours, not a request.
"""

import csv
import io
import os
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock, get_ident
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from muniment.app.drawing import Form, Theme, png, svg
from muniment.core import digest_of

router = APIRouter()

_KEPT = 512  # plots whose data are at hand
_MEDIA: Mapping[Form, str] = {"svg": "image/svg+xml", "png": "image/png"}
_KEY = re.compile("[0-9a-f]{32}")


class Plot(msgspec.Struct, frozen=True, kw_only=True):
    """A title that states the fact, a description for who does not see it, and what is drawn.

    `spec` is Vega-Lite without data and colours of text; `rows` are its data, and what the table
    beside it shows.
    """

    title: str
    description: str
    spec: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]

    @property
    def key(self) -> str:
        """The digest of what is drawn."""
        drawn = {"spec": self.spec, "rows": list(self.rows), "title": self.title}
        # Not canonical JSON: shares and bounds are fractions, which that has no spelling for.
        return digest_of(msgspec.json.encode(drawn, order="deterministic")).hex[:32]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the data's columns."""
        return () if len(self.rows) == 0 else tuple(self.rows[0])


class Plots:
    """The plots that pages have shown, and their drawings in a folder."""

    def __init__(self, folder: Path) -> None:
        """Keep drawings in `folder`."""
        self._folder = folder
        self._lock = Lock()
        self._known: OrderedDict[str, Plot] = OrderedDict()

    def keep(self, plot: Plot) -> str:
        """Have a plot at hand; its key."""
        key = plot.key
        with self._lock:
            self._known[key] = plot
            self._known.move_to_end(key)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        path = self._folder / f"{key}.json"
        if not path.exists():
            _put_away(path, msgspec.json.encode(plot))
        return key

    def known(self, key: str) -> Plot | None:
        """The plot of that key, if a page has shown it."""
        with self._lock:
            found = self._known.get(key)
        return found or self._shown_elsewhere(key)

    def _shown_elsewhere(self, key: str) -> Plot | None:
        """The plot that another process, or an earlier one, has shown."""
        if _KEY.fullmatch(key) is None:
            return None
        try:
            plot = msgspec.json.decode((self._folder / f"{key}.json").read_bytes(), type=Plot)
        except (OSError, msgspec.MsgspecError):
            return None
        return plot if plot.key == key else None

    def drawn(self, plot: Plot, theme: Theme, form: Form = "svg") -> bytes:
        """The drawing of a plot."""
        path = self._folder / f"{plot.key}-{theme}.{form}"
        try:
            return path.read_bytes()
        except OSError:
            picture = _draw(plot, theme, form)
        _put_away(path, picture)
        return picture


def keep(request: Request, plot: Plot) -> Plot:
    """Have a plot at hand for the browser that will ask for its picture."""
    request.app.state.plots.keep(plot)
    return plot


@router.get("/plot/{key}-{theme}.{form}", response_class=Response)
def picture(request: Request, key: str, theme: Theme, form: Form) -> Response:
    """The drawing of a plot."""
    plot = request.app.state.plots.known(key)
    if plot is None:
        raise HTTPException(404)
    drawn = request.app.state.plots.drawn(plot, theme, form)
    headers = {"cache-control": "private, max-age=3600"}
    return Response(drawn, media_type=_MEDIA[form], headers=headers)


@router.get("/plot/{key}.csv", response_class=Response)
def data(request: Request, key: str) -> Response:
    """What was drawn, as a table."""
    plot = request.app.state.plots.known(key)
    if plot is None:
        raise HTTPException(404)
    lines = io.StringIO()
    writer = csv.DictWriter(lines, plot.columns)
    writer.writeheader()
    writer.writerows(plot.rows)
    headers = {"content-disposition": f'attachment; filename="{key}.csv"'}
    return Response(lines.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _draw(plot: Plot, theme: Theme, form: Form) -> bytes:
    draw = {"svg": svg, "png": png}[form]
    return draw(dict(plot.spec) | {"data": {"values": list(plot.rows)}}, theme)


def _put_away(path: Path, picture: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}.partial")
        partial.write_bytes(picture)
        os.replace(partial, path)
    except OSError:
        # A read-only or full disk: the drawing is made again next time.
        return
