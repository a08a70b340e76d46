"""What a query means, and what is said of one that means nothing."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.catalog import parse_query
from muniment.catalog.searching.query import All, Any, Between, Holding, Is, Not, Phrase, run_of
from muniment.core import UsageError


def phrase(*words: str) -> Phrase:
    return Phrase((run_of(words),))


MEANT = {
    "words": ("1917 1918", All((phrase("1917"), phrase("1918")))),
    "AND": ("1917 AND 1918", All((phrase("1917"), phrase("1918")))),
    "OR binds less": ("1 2 OR 3", Any((All((phrase("1"), phrase("2"))), phrase("3")))),
    "parentheses": ("1 (2 OR 3)", All((phrase("1"), Any((phrase("2"), phrase("3")))))),
    "minus": ("1 -2", All((phrase("1"), Not(phrase("2"))))),
    "minus inside a word": ("1-2", phrase("1", "-", "2")),
    "a phrase": ('"Dear Sir,"', phrase("dear", "sir", ",")),
    "signs around a word": ("1, «2»!", All((phrase("1"), phrase("2")))),
    "Chinese": ("疏附", phrase("疏", "附")),
    "full-width parentheses are letters": ("第（一）", phrase("第", "(", "一")),
    "a clock": ("12:30", phrase("12", ":", "30")),
    "a year": ("date:2017", Between("day", 20170101, 20171231)),
    "a month": ("date:2017-02", Between("day", 20170201, 20170231)),
    "a size": ("size:>=2k", Between("size", 2_000, None)),
    "a kind in any case": ("type:pdf", Is("type", ("PDF",))),
    "a name": ("name:7", Holding(("file name",), phrase("7"))),
    "an empty word is left out": ("· 7", phrase("7")),
}


@pytest.mark.parametrize("what", MEANT)
def test_a_query_means(what: str) -> None:
    written, root = MEANT[what]
    assert parse_query(written).root == root


NO_SENSE = {
    "an open quote": ('a "b', "character 3"),
    "an open parenthesis": ("a (b", "character 3"),
    "a parenthesis that closes nothing": ("a) b", "character 2"),
    "OR without a side": ("OR b", "character 1"),
    "AND without a side": ("a AND", "character 3"),
    "NOT without a word": ("a NOT", "character 3"),
    "only what must not be": ("-a", "must not be there"),
    "on one side": ("a OR -b", "must not be there"),
    "an unknown field": ("foo:bar", "'foo' (character 1"),
    "a field without value": ("a from:", "from: at character 3"),
    "a field before a parenthesis": ("from:(a)", "from:"),
    "no date": ("date:2017-02-30", "no date"),
    "a range backwards": ("date:2018..2017", "holds nothing"),
    "no range": ("date:..", "holds nothing"),
    "no number": ("size:big", "no number of bytes"),
    "no kind": ("type:banana", "unknown"),
    "no digest": ("hash:xyz", "no SHA-256"),
    "no language": ("lang:klingon", "no language code"),
    "only wildcards": ("a **", "no letter beside its wildcards"),
    "too little beside a wildcard": ("a*", "too many words"),
    "a wildcard among signs": ("a.b*", "among signs"),
    "too far": ('"a b"~900', "not 0 to 50"),
    "no distance": ('"a b"~', "not 0 to 50"),
    "one word near nothing": ('"a"~3', "needs two words"),
    "too many layouts": ('"a b c d e f"~30', "laid out in"),
    "Chinese with too many gaps": ("一*二*三*四*五", "laid out in"),
    "nothing": ("   ", "no letter or digit"),
    "signs": ("!!! ???", "no letter or digit"),
    "too long": ("a" * 2_001, "more than 2000"),
    "too many parts": ("a " * 300, "more than 200"),
    "too deep": ("(" * 40 + "a" + ")" * 40, "more than 30"),
}


@pytest.mark.parametrize("what", NO_SENSE)
def test_what_makes_no_sense_is_said_with_its_place(what: str) -> None:
    written, said = NO_SENSE[what]
    with pytest.raises(UsageError) as caught:
        parse_query(written)
    assert said in caught.value.message
    assert caught.value.next_step != ""


@given(st.text(max_size=60) | st.text('ab"()-*?~:. ORANDT疏附0123456789', max_size=60))
def test_any_text_is_a_query_or_a_usage_error(written: str) -> None:
    with suppress(UsageError):
        parse_query(written)


@given(st.text("疏附公安局 ，。", min_size=1, max_size=12))
def test_what_stands_in_quotes_is_what_is_looked_for(text: str) -> None:
    letters = [letter for letter in text if not letter.isspace()]
    if not any(letter.isalnum() for letter in letters):
        return
    root = parse_query(f'"{text}"').root
    assert isinstance(root, Phrase)
    assert len(root.runs[0].words) == len(letters)
