"""Every page that the overview leads to: it answers, and holds nothing that the policy forbids."""

from urllib.parse import urlsplit

import lxml.html
from starlette.testclient import TestClient

from tests.app.web.conftest import ADDRESS
from tests.app.web.spider import crawl, links_of, shape

_UNLABELLED = ("hidden", "submit", "button")


def trouble_of(address: str, page: lxml.html.HtmlElement) -> list[str]:
    """What is wrong with a page, in a few words each."""
    found = []
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        names = [str(name).lower() for name in element.keys()]  # noqa: SIM118 - no mapping
        if "style" in names or any(name.startswith("on") for name in names):
            found.append(f"inline style or script on <{element.tag}>")
        if element.tag == "script" and element.get("src") is None:
            found.append("an inline script")
        if element.tag in ("style", "iframe", "object", "embed", "base"):
            found.append(f"a <{element.tag}>")
        if element.tag == "img" and element.get("alt") is None:
            found.append(f"a picture without words: {element.get('src')}")
    if len(page.findall(".//h1")) != 1:
        found.append("not one h1")
    if page.get("lang") is None:
        found.append("no language")
    found += [f"outside: {each}" for each in links_of(address, page) if _is_outside(each)]
    return found + _forms(page) + _twice(page) + _only_drawn(page)


def _only_drawn(page: lxml.html.HtmlElement) -> list[str]:
    """What a browser without SVG would not show: Tor Browser's "Safest" level draws none."""
    found = []
    drawn = set(page.xpath("//svg[not(@aria-hidden)]//a/@href"))
    told = set(page.xpath("//a[not(ancestor::svg)]/@href"))
    if len(drawn - told) > 0:
        found.append(f"links stand in a drawing only: {sorted(drawn - told)[:3]}")
    found += [
        "a drawing without a table that says the same"
        for drawing in page.xpath("//svg[not(ancestor::svg) and not(@aria-hidden) and .//a]")
        if len(drawing.xpath("following::table")) == 0
    ]
    found += [
        "words in a drawing that nobody is told of"
        for hidden in page.xpath("//svg[@aria-hidden]")
        if hidden.text_content().strip() != ""
    ]
    for plot in page.xpath("//figure[contains(@class, 'plot')]"):
        wanted = {
            "words": ".//img[not(ancestor::svg) and normalize-space(@alt) != '']",
            "pixels": ".//svg//desc//img[contains(@src, '.png')]",
            "a table": ".//table//td",
            "a file of its data": ".//a[contains(@href, '.csv')]",
        }
        found += [
            f"a plot without {what}" for what, at in wanted.items() if len(plot.xpath(at)) == 0
        ]
    return found


def _is_outside(link: str) -> bool:
    return urlsplit(link).netloc != urlsplit(ADDRESS).netloc


def _forms(page: lxml.html.HtmlElement) -> list[str]:
    found = [
        f"a form without its token: {form.get('action')}"
        for form in page.iter("form")
        if form.get("method", "get").lower() == "post"
        and len(form.xpath(".//*[@name='csrf']")) == 0
    ]
    for field in page.xpath("//input|//select|//textarea"):
        if field.get("type") in _UNLABELLED:
            continue
        inside = len(field.xpath("ancestor::label")) > 0
        named = field.get("aria-label") is not None or field.get("aria-labelledby") is not None
        told = len(page.xpath("//label[@for=$id]", id=field.get("id", ""))) > 0
        if not (inside or named or told):
            found.append(f"a field without label: {field.get('name')}")
    return found


def _twice(page: lxml.html.HtmlElement) -> list[str]:
    ids = page.xpath("//@id")
    return [
        f"an id twice: {each}" for each in sorted({each for each in ids if ids.count(each) > 1})
    ]


def test_every_page_answers_and_keeps_the_policy(client: TestClient) -> None:
    troubles: dict[str, list[str]] = {}

    def fetch(address: str) -> str | None:
        if _is_outside(address):
            return None
        answer = client.get(address)
        if answer.status_code != 200:
            troubles[address] = [f"status {answer.status_code}"]
            return None
        if not answer.headers["content-type"].startswith("text/html"):
            return None
        told = trouble_of(address, lxml.html.document_fromstring(answer.text))
        if len(told) > 0:
            troubles[address] = told
        return answer.text

    reached = list(crawl(ADDRESS + "/", fetch, of_each=4, most=400))
    assert {shape(each) for each in troubles} == set(), troubles
    assert len(reached) > 5
