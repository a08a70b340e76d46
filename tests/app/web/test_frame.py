"""What every page shares: escaping, links, plots, and a browser that can do without scripts."""

from collections.abc import Callable
from typing import Any

import pytest

from muniment.app.web.links import shown_at
from muniment.app.web.plots import Plot, Plots
from muniment.app.web.templating import isolated, visible
from muniment.core import parse_citation

_HASH = "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtGkQ"


def test_what_would_steer_a_screen_is_shown_by_its_number() -> None:
    assert visible("a\u202eb\x1b[0m\n") == "a\ufffd202Eb\ufffd001B[0m\n"


def test_joiners_that_letters_need_are_kept() -> None:
    assert visible("می\u200cخواهم") == "می\u200cخواهم"


def test_figures_keep_their_order_among_letters_from_right_to_left() -> None:
    shown = isolated("ئادەم <b> 2017-10-28 7")
    assert '<bdi dir="ltr">2017-10-28</bdi>' in shown
    assert "&lt;b&gt;" in shown


@pytest.mark.parametrize(
    ("fragment", "shown"),
    [
        ("", "/object/"),
        ("#page=3&xywh=1,2,3,4", "?page=3&at=page%3D3%26xywh%3D1%2C2%2C3%2C4#here"),
        ("#sheet=A%20b&cell=5,7", "?sheet=A+b&row=5&cell=5%2C7#r5c7"),
        ("#char=1,2", "?at=char%3D1%2C2#here"),
    ],
)
def test_a_citation_leads_to_the_page_that_shows_it(fragment: str, shown: str) -> None:
    assert shown in shown_at(parse_citation(_HASH + fragment))


def test_a_plot_is_drawn_here_in_two_themes(tmp_path: Any) -> None:
    plot = Plot(
        title="Two files were read",
        description="One bar.",
        spec={"mark": "bar", "encoding": {"x": {"field": "n"}, "y": {"field": "state"}}},
        rows=[{"state": "read <b>", "n": 2}],
    )
    plots = Plots(tmp_path)
    light, dark = (plots.drawn(plot, theme) for theme in ("light", "dark"))
    assert light.startswith(b"<svg")
    assert light != dark
    assert b"<b>" not in light
    assert plots.drawn(plot, "light") == light


@pytest.mark.parametrize("javascript", [True, False])
def test_a_browser_gets_the_overview_and_its_style(
    visit: Callable[..., Any], *, javascript: bool
) -> None:
    page = visit("/", javascript=javascript)
    assert page.locator("h1").count() == 1
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px" if javascript else 1
    assert page.locator("nav[aria-label=Main] a").count() > 5


def test_a_plot_of_fractions_has_a_key_that_is_the_same_again() -> None:
    def plot(share: float) -> Plot:
        rows = [{"state": "read", "share": share}]
        return Plot(title="t", description="d", spec={"mark": "bar"}, rows=rows)

    assert plot(0.25).key == plot(0.25).key
    assert plot(0.25).key != plot(0.5).key
