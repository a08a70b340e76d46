"""Draws Vega-Lite specifications on this machine, for paper or for a dark screen.

- Nothing is fetched: a specification that names an address is an error of ours, not a request.
- The drawing library is loaded when something is drawn: it is large.
"""

from collections.abc import Mapping
from typing import Any, Literal

Theme = Literal["light", "dark"]
Form = Literal["svg", "png"]

_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"  # names the grammar; is not fetched
_SCALE = 2  # pixels
_FONTS = "Noto Sans, Noto Sans CJK SC, Noto Naskh Arabic, sans-serif"
_THEMES: dict[Theme, dict[str, str]] = {
    "light": {"ink": "#1d1c1a", "soft": "#6a655c", "line": "#ddd8cd"},
    "dark": {"ink": "#ece8df", "soft": "#a39d91", "line": "#3a3833"},
}
# Told apart also without colour vision (Okabe and Ito 2008), muted to sit on paper.
PALETTE = ("#2f6f8f", "#d08a2e", "#4f9a7a", "#b5533c", "#8a6aa8", "#7d8a94", "#c7a93c", "#3f4a54")


def svg(spec: Mapping[str, Any], theme: Theme = "light") -> bytes:
    """The drawing of a specification that carries its data."""
    import vl_convert  # noqa: PLC0415 - 84 MB that only drawings need

    # Without the list an address in the specification would give an empty chart, silently.
    return vl_convert.vegalite_to_svg(_whole(spec, theme), allowed_base_urls=[]).encode()


def png(spec: Mapping[str, Any], theme: Theme = "light") -> bytes:
    """The same in pixels, two to each of the drawing's: for browsers that show no SVG."""
    import vl_convert  # noqa: PLC0415 - 84 MB that only drawings need

    return vl_convert.vegalite_to_png(_whole(spec, theme), scale=_SCALE, allowed_base_urls=[])


def _whole(spec: Mapping[str, Any], theme: Theme) -> dict[str, Any]:
    return {"$schema": _SCHEMA, "config": _config(_THEMES[theme])} | dict(spec)


def _config(theme: Mapping[str, str]) -> dict[str, Any]:
    words = {"labelColor": theme["soft"], "titleColor": theme["ink"], "titleFontWeight": "normal"}
    return {
        "background": "transparent",
        "font": _FONTS,
        "view": {"stroke": None},
        "range": {"category": list(PALETTE)},
        "bar": {"color": PALETTE[0]},
        "area": {"color": PALETTE[0]},
        "line": {"color": PALETTE[0]},
        "point": {"color": PALETTE[0]},
        "rule": {"color": theme["soft"]},
        "text": {"color": theme["ink"]},
        "axis": words | {"domainColor": theme["line"], "gridColor": theme["line"], "ticks": False},
        "legend": words | {"orient": "top", "title": None},
        "header": words,
        "title": {"color": theme["ink"]},
    }
