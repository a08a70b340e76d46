"""What is proposed of running text: how much of it, how rightly, and where it stands."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Area, Chars, Element, Place, TextSpan, Whole
from muniment.facts.prose import Hints, Proposed, Sort, propose
from muniment.text import DateHints, Order
from tests.facts.prose.marked import documents
from tests.facts.prose.measuring import compared

HERE = Path(__file__).parent / "prose"

# Precision and recall on documents that no rule was made on; raised when the rules get better.
FLOORS = {
    Sort.DATE: (0.95, 0.95),
    Sort.QUANTITY: (1.0, 0.96),
    Sort.IDENTIFIER: (1.0, 1.0),
    Sort.PHONE: (1.0, 1.0),
    Sort.QUOTE: (0.86, 0.86),
    Sort.POST: (0.91, 0.91),
}


def of(text: str, sort: Sort, hints: Hints = Hints()) -> list[Proposed]:  # noqa: B008
    found = propose(TextSpan(Chars(0, len(text)), text), hints)
    return [one for one in found if one.sort is sort]


def test_documents_that_no_rule_was_made_on() -> None:
    agreements, _, _ = compared(documents(HERE / "held.txt"))
    for sort, (precision, recall) in FLOORS.items():
        assert agreements[sort].precision >= precision, (sort, agreements[sort])
        assert agreements[sort].recall >= recall, (sort, agreements[sort])


# The same at first sight of ten more, which were written later; no rule was changed after it.
FIRST_SIGHT = {
    Sort.DATE: (1.0, 0.9),
    Sort.QUANTITY: (0.88, 0.84),
    Sort.IDENTIFIER: (1.0, 1.0),
    Sort.PHONE: (1.0, 1.0),
    Sort.QUOTE: (1.0, 0.87),
    Sort.POST: (1.0, 0.83),
}


def test_documents_at_first_sight() -> None:
    agreements, _, _ = compared(documents(HERE / "unseen.txt"))
    for sort, (precision, recall) in FIRST_SIGHT.items():
        assert agreements[sort].precision >= precision, (sort, agreements[sort])
        assert agreements[sort].recall >= recall, (sort, agreements[sort])


def test_documents_that_rules_were_made_on() -> None:
    agreements, _, surplus = compared(documents(HERE / "tuning.txt"))
    assert surplus == []
    assert all(one.recall >= 0.9 for one in agreements.values()), agreements


def test_both_halves_are_apart() -> None:
    halves = [documents(HERE / name) for name in ("tuning.txt", "held.txt")]
    quoted = [
        {
            one.text[m.start : m.end]
            for one in half
            for m in one.marks
            if m.sort in {"post", "quote"}
        }
        for half in halves
    ]
    assert quoted[0] & quoted[1] == set()
    assert len({one.name.partition("-")[0] for one in halves[1]}) >= 10


@given(st.text(max_size=300))
def test_whatever_is_written_is_cited_to_the_character(text: str) -> None:
    for one in propose(TextSpan(Chars(7, 7 + len(text), "2"), text)):
        assert one.written == text[one.start : one.end] != ""
        assert one.at == Chars(7 + one.start, 7 + one.end, "2")
        for part in one.pieces:
            assert part.written == text[part.start : part.end]


VALUES = [
    "5 марта 2017 года",
    "300 человек",
    "+7 (999) 123-45-67",
    "2017年3月5日",
    "more than 40 people",
]


@given(st.lists(st.sampled_from([*VALUES, "—", "и", "и ещё", "。", "\n"]), max_size=12))
def test_dates_numbers_and_quantities_never_overlap(pieces: list[str]) -> None:
    text = " ".join(pieces)
    values = [
        (one.start, one.end)
        for one in propose(TextSpan(Whole(), text))
        if one.sort not in {Sort.QUOTE, Sort.POST}
    ]
    assert all(end <= start for (_, end), (start, _) in pairwise(values))


@pytest.mark.parametrize(
    ("at", "narrow"),
    [
        (Chars(100, 115), Chars(103, 113)),
        (Chars(100, 200), Chars(100, 200)),  # more room in the source than letters
        (Element("a.xml", (1, 2)), Element("a.xml", (1, 2), (3, 13))),
        (Element("a.xml", (1,), (5, 20)), Element("a.xml", (1,), (8, 18))),
        (Area(3, (1, 2, 3, 4)), Area(3, (1, 2, 3, 4))),
        (Whole(), Whole()),
    ],
)
def test_places_are_as_narrow_as_the_source_lets_them_be(at: Place, narrow: Place) -> None:
    [found] = propose(TextSpan(at, "On 2018-05-01 x"))
    assert found.at == narrow


def test_marks_without_a_verb_of_speech_are_no_quotation() -> None:
    for text in [
        "ООО «Камыш» закрыто.",
        "The so-called “school” was empty.",
        "所谓“学员”并非自愿。",
    ]:
        assert of(text, Sort.QUOTE) == []


def test_a_quotation_whose_speaker_is_not_named_says_so() -> None:
    [found] = of("“No,” he said.", Sort.QUOTE) or of("“Nobody came back,” said they.", Sort.QUOTE)
    assert (found.read, found.unread) == ((), "no-speaker")


def test_the_speaker_and_the_holder_have_places_of_their_own() -> None:
    text = "Мы ждали. Начальник СИЗО-99 С. И. Камышев заявил: «Мест нет»."
    [post] = of(text, Sort.POST)
    [quote] = of(text, Sort.QUOTE)
    assert [(part.name, part.written) for part in post.pieces] == [
        ("title", "Начальник СИЗО-99"),
        ("name", "С. И. Камышев"),
    ]
    [speaker] = quote.pieces
    assert text[speaker.start : speaker.end] == "С. И. Камышев"


def test_titles_without_a_name_and_names_without_a_title_are_no_post() -> None:
    for text in [
        "The director did not come.",
        "书记、县长未到会。主席、副主席任期未满。",
        "Arthur Marshwell came home.",
        "Глава района не явился на заседание.",
        "generally, Ruth stayed at home",
    ]:
        assert of(text, Sort.POST) == [], text


def test_what_is_open_stays_open_until_a_hint_settles_it() -> None:
    [date] = of("on 03.04.2018 there", Sort.DATE)
    assert (date.read, date.unread) == ((), "ambiguous-order")
    [settled] = of("on 03.04.2018 there", Sort.DATE, Hints(dates=DateHints(order=Order.DMY)))
    assert settled.read == (("value", "2018-04-03"),)


def test_phones_of_a_country_need_its_name() -> None:
    assert of("звонить 8 (999) 555-01-43", Sort.PHONE) == []
    [phone] = of("звонить 8 (999) 555-01-43", Sort.PHONE, Hints(country="RU"))
    assert phone.read == (("value", "+79995550143"),)


def test_an_identity_number_is_no_phone_and_no_quantity() -> None:
    text = "身份证号659999197601161857，判处7年"
    found = propose(TextSpan(Whole(), text), Hints(country="CN"))
    assert [one.sort for one in found] == [Sort.IDENTIFIER, Sort.QUANTITY]


def test_a_proposal_is_read_or_says_why_not() -> None:
    with pytest.raises(ValueError, match="says why"):
        Proposed(Sort.DATE, 0, 1, "x", Whole())
