"""Templates: one page from a name and what a handler found.

- Everything is escaped; no template marks anything from a file as safe.
- `written` is the only way in which texts of files enter a page: isolated from the direction of
  what surrounds them, what would steer a screen shown by its number.
"""

import hashlib
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from muniment import __version__
from muniment.app.show import size
from muniment.app.web.gate import csrf_token
from muniment.app.web.links import api_url, object_url, place_url, raster_url, trace_url
from muniment.app.web.property_names import property_words

_STEERING = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_KEPT = frozenset("\n\t\u200c\u200d")  # lines, and the joiners that Uyghur and Persian letters need
_FIGURES = re.compile(r"\d[\d./:,\-]*\d")
_FIGURE = Markup('<bdi dir="ltr">{}</bdi>')
NAVIGATION = (
    ("/", "Overview"),
    ("/search", "Search"),
    ("/files", "Files"),
    ("/tables", "Tables"),
    ("/facts", "Facts"),
    ("/mail", "E-mail"),
    ("/images", "Images"),
    ("/map", "Map"),
    ("/notes", "Notes"),
    ("/problems", "Problems"),
    ("/work", "Work"),
)

_BELONGS = {
    "/object": "/files",
    "/table": "/tables",
    "/sql": "/tables",
    "/entity": "/facts",
    "/statements": "/facts",
    "/mappings": "/facts",
    "/mapping": "/facts",
    "/proposed": "/facts",
    "/totals": "/facts",
    "/state": "/facts",
    "/decided": "/facts",
    "/facilities": "/facts",
    "/timeline": "/facts",
    "/image": "/images",
}


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """The page that a template makes of what was found."""
    session = getattr(request.state, "session", None)
    body = (
        _templates()
        .get_template(template)
        .render(
            context,
            room=request.app.state.room,
            path=request.url.path,
            section=_section(request.url.path),
            query=request.query_params,
            anchor_here=_Once(Markup(' id="here"')),
            csrf_value="" if session is None else csrf_token(session),
        )
    )
    return HTMLResponse(body, status)


def _section(path: str) -> str:
    """The address in the navigation under which a page belongs; empty where it has none."""
    first = "/" + path.split("/")[1]
    known = {address for address, _ in NAVIGATION}
    return first if first in known else _BELONGS.get(first, "")


class _Once:
    """Gives what it holds when first asked, nothing afterwards: a page has one place called so."""

    def __init__(self, held: Markup) -> None:
        self._held = held

    def __call__(self) -> Markup:
        given, self._held = self._held, Markup()
        return given


def visible(untrusted: str) -> str:
    """Text of a source file, fit for a page: what would steer it is shown by its number."""
    if untrusted.isprintable():
        return untrusted
    return "".join(
        letter
        if letter in _KEPT or unicodedata.category(letter) not in _STEERING
        else f"\N{REPLACEMENT CHARACTER}{ord(letter):04X}"
        for letter in untrusted
    )


def isolated(untrusted: str) -> Markup:
    """The same, figures kept in their own order: a date among Arabic letters would turn around."""
    text, done, pieces = visible(untrusted), 0, []
    for found in _FIGURES.finditer(text):
        pieces += [escape(text[done : found.start()]), _FIGURE.format(found.group())]
        done = found.end()
    return Markup("").join((*pieces, escape(text[done:])))


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("muniment.app.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": _number,
        "bytes": size,
        "visible": visible,
        "isolated": isolated,
    }
    environment.globals |= {
        "api_url": api_url,
        "navigation": NAVIGATION,
        "object_url": object_url,
        "place_url": place_url,
        "property_words": property_words,
        "raster_url": raster_url,
        "static": static_url,
        "trace_url": trace_url,
        "version": __version__,
    }
    return environment


@cache
def static_url(name: str) -> str:
    """The address of a file of ours, which changes when the file does."""
    content = files("muniment.app.web").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


def _number(count: float) -> str:
    return f"{count:,}"
