"""The page of a search: hits, marks, facets, crops, paging, CSV, trouble; links and forms alone."""

import csv
import io
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from starlette.testclient import TestClient

from muniment.app.web.pages.search import crop_address, marked_segments
from muniment.app.web.search_address import SearchAddress, address_of, choice_lists
from muniment.catalog import Facet, Hit
from muniment.core import Area, UsageError

HITS = "//*[@class='hits']/li"
CITED = ".//*[@class='cite']/code"


def shown(client: TestClient, address: str, status: int = 200) -> lxml.html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status
    return lxml.html.document_fromstring(answer.text)


def test_hits_have_their_words_marked_and_their_citations(client: TestClient) -> None:
    page = shown(client, "/search?q=名单")
    hits = page.xpath(HITS)
    assert 0 < len(hits) <= 20
    assert all("名单" in "".join(mark.text for mark in hit.xpath(".//mark")) for hit in hits)
    assert all(hit.xpath(CITED)[0].text.startswith("ni:///sha-256;") for hit in hits)


def test_a_facet_leads_to_fewer_hits_and_back(client: TestClient) -> None:
    page = shown(client, "/search?q=名单")
    link = next(
        each
        for each in page.xpath("//a[starts-with(@class, 'choice')]")
        if "type=" in each.get("href")
    )
    count = int(link.xpath(".//*[@class='count']")[0].text.replace(",", ""))
    narrowed = shown(client, link.get("href"))
    assert narrowed.findtext(".//h1").startswith(f"{count:,} place")
    back = narrowed.xpath("//*[@class='chosen-values']/a")[0].get("href")
    assert back == "/search?q=%E5%90%8D%E5%8D%95"


def test_every_page_of_hits_is_reached_by_links(client: TestClient) -> None:
    address: str | None = "/search?q=人员 OR 名单"
    seen: list[str] = []
    while address is not None:
        page = shown(client, address)
        seen += [code.text for code in page.xpath(HITS + CITED.removeprefix("."))]
        later = page.xpath("//a[@rel='next']")
        address = later[0].get("href") if later else None
    total = int(page.findtext(".//h1").split()[0].replace(",", ""))
    assert total - 5 <= len(seen) <= total
    assert total > 40


def test_the_list_as_csv_has_every_hit_and_no_formula(client: TestClient) -> None:
    answer = client.get("/search.csv?q=名单")
    assert answer.headers["content-disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) > 20
    assert all(row["citation"].startswith("ni:///") for row in rows)
    assert not any(value.startswith(("=", "+", "@")) for row in rows for value in row.values())


def test_a_query_that_makes_no_sense_is_said_beside_the_field(client: TestClient) -> None:
    page = shown(client, '/search?q="open', 400)
    alert = page.xpath("//*[@role='alert']")[0].text_content()
    assert "character 1" in alert
    assert "Next:" in alert
    assert page.get_element_by_id("words").get("value") == '"open'


def test_what_is_named_for_programs_is_said_in_words(client: TestClient) -> None:
    page = shown(client, "/search?q=2017")
    labels = {each.text_content() for each in page.xpath("//*[@class='name']")}
    assert {"Chinese", "not told", "a property"} <= labels
    assert {"zh", "unknown", "metadata"}.isdisjoint(labels)
    listed = shown(client, "/search?q=lpstr+OR+Sheet1+OR+2017&type=spreadsheet").text_content()
    assert "lpstr" not in {each.strip() for each in listed.splitlines()}


def test_a_query_that_is_too_long_is_said_beside_the_field(client: TestClient) -> None:
    page = shown(client, f"/search?q={'a' * 5_000}", 400)
    alert = page.xpath("//*[@role='alert']")[0].text_content()
    assert "the query has 5000 characters, more than 2000" in alert
    assert "search for a shorter phrase" in alert
    beyond = client.get(f"/search?q={'a' * 20_000}")
    assert beyond.status_code == 414
    assert "write a shorter one" in beyond.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("q=a&from=yesterday", "order, page"),
        ("lang=xx", "ug-Latn"),
        ("type=drawing", "spreadsheet"),
        ("state=gone", "locked"),
    ],
)
def test_what_no_search_can_ask_for_is_refused_with_what_it_can(
    client: TestClient, asked: str, told: str
) -> None:
    answer = client.get(f"/search?{asked}")
    assert answer.status_code == 400
    assert "Next: there is:" in answer.text
    assert told in answer.text


@pytest.mark.parametrize(
    "address", ["/search.csv", "/search?q=a&page=0", "/search?q=a&order=up", '/search.csv?q="a']
)
def test_an_address_that_is_none_is_a_page_of_its_own(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")


def test_nothing_asked_shows_how_to_ask_and_nothing_found_what_was_not_read(
    client: TestClient,
) -> None:
    assert "two words" in shown(client, "/search").text_content()
    page = shown(client, "/search?q=nothing-of-this-kind")
    assert page.findtext(".//h1") == "Nothing found in what was read"
    assert "locked" in page.xpath("//*[@class='notice warn']")[0].text_content()


def test_script_in_a_query_is_text(client: TestClient) -> None:
    answer = client.get("/search", params={"q": '<script>alert(1)</script>" onfocus="x'})
    assert "<script>alert" not in answer.text
    assert 'onfocus="x' not in answer.text


def test_a_hit_on_a_page_shows_a_picture_of_its_place() -> None:
    hit = Hit(
        citation="ni:///x",
        sha256="ab" * 32,
        way=(),
        type="application/pdf",
        state="read",
        sort="text",
        property="",
        snippet="one two",
        marks=((4, 7),),
        found_as=(),
        score=1.0,
        area=Area(3, (100.0, 200.0, 50.0, 12.0)),
    )
    parts = urlsplit(crop_address(hit))
    asked = parse_qs(parts.query)
    assert parts.path == f"/raster/{'ab' * 32}"
    assert (asked["page"], asked["xywh"]) == (["3"], ["100,200,50,12"])
    assert [(each.text, each.found) for each in marked_segments(hit)] == [
        ("one ", False),
        ("two", True),
    ]


def test_folders_and_dates_are_shown_a_level_at_a_time() -> None:
    counts = (("disk", 9), ("disk/a", 5), ("disk/a/b", 2), ("other", 1))
    facet = Facet("folder", counts)

    def labels(*chosen: tuple[str, str]) -> list[str]:
        (found,) = choice_lists(SearchAddress("x", chosen), [facet])
        return [choice.label for choice in found.first]

    assert labels() == ["disk", "other"]
    assert labels(("folder", "disk")) == ["disk", "a"]
    assert labels(("folder", "disk/a")) == ["a", "b"]


def test_an_address_with_too_much_in_it_is_refused() -> None:
    with pytest.raises(UsageError):
        address_of("x", [("type", str(number)) for number in range(51)], "relevance", 1)
    with pytest.raises(UsageError):
        address_of("x", [("type", "y" * 501)], "relevance", 1)
