"""What every search engine must do, inherited by the tests of each.

A class gives `engine`, an empty one that is cleared, and `reopened(engine)`, the same index opened
anew by another object.
"""

import random
from collections.abc import Iterable, Iterator
from typing import ClassVar

import pytest

from muniment.catalog import (
    Entry,
    Facts,
    Results,
    SearchEngine,
    Window,
    locate,
    parse_query,
)
from muniment.catalog.passages import Passage, Piece, name_passage
from muniment.core import Chars, Digest
from muniment.text import fold, tokens

A, B, C = (Digest(bytes([each]) * 32) for each in (1, 2, 3))
_TEXTS = {
    A: (
        "虚谷县公安局关于教培中心的通知，中，国家安全。",
        "The police of the county. London is far.",
    ),
    B: (
        "مەكتەپ بىلەن ئائىلە",
        "bilen the police county office report",
        "Ёлка и ель",
        "在2017年311月",
    ),
    C: ("张小伟 张伟 list_2018.xls", "reports reporting reported", "a@b.example don’t, O'Brien"),
}
_FACTS = {
    A: Facts("通知.docx", "document", "application/msword", "read", 10, "zh", ("disk", "disk/a"),
             (20170301, 20180102), (), ("小李",)),
    B: Facts("letter.eml", "mail", "message/rfc822", "read", 2_000, "ug", ("disk", "disk/b.zip"),
             (20180601,), ("li@xugu.invalid",), ("小李", "老王")),
    C: Facts("a list.xls", "spreadsheet", "application/vnd.ms-excel", "read", 300, "en", (), (),
             ("li@xugu.invalid",), ("小李", "老王"), (B.hex,)),
}  # fmt: skip


def passage(text: str, sort: str = "text", stated: str = "") -> Passage:
    return Passage(text, (Piece(0, len(text), Chars(0, len(text))),), sort, stated)


def entry(digest: Digest, texts: Iterable[str] | None = None) -> Entry:
    held = [name_passage(_FACTS[digest].name)]
    held += [passage(text) for text in (_TEXTS[digest] if texts is None else texts)]
    if digest == B:
        held.append(passage("From: 小李 <li@xugu.invalid>", "metadata", "from"))
        held.append(passage("Subject: 本周名单 weekly", "metadata", "subject"))
    return Entry(digest, _FACTS[digest], held)


class SearchEngineContract:
    """The promises of `SearchEngine`."""

    engine: SearchEngine

    def reopened(self) -> SearchEngine:
        raise NotImplementedError

    def fill(self) -> None:
        self.engine.put([entry(A), entry(B), entry(C)])

    def asked(self, query: str, window: Window | None = None) -> Results:
        return self.engine.search(parse_query(query), window or Window(0, 100))

    def texts(self, query: str) -> list[str]:
        return sorted(found.passage.text for found in self.asked(query).hits)

    def objects(self, query: str) -> set[str]:
        return {found.digest.hex[:2] for found in self.asked(query).hits}

    FOUND: ClassVar = {
        "one Chinese character": ("县", {"01"}),
        "two of them": ("公安", {"01"}),
        "many": ("公安局关于教培中心", {"01"}),
        "not over a comma": ('"中国家"', set()),
        "with the comma": ('"中，国家"', {"01"}),
        "words anywhere": ("county police", {"01", "02"}),
        "a phrase": ('"police county"', {"02"}),
        "a phrase over a full stop is none": ('"county london"', set()),
        "a cut number beside Chinese": ("17年3", {"02"}),
        "the same, in quotes": ('"017年31"', {"02"}),
        "a number alone is whole": ("017", set()),
        "one of two": ("london OR office", {"01", "02"}),
        "not": ("police -london", {"02"}),
        "NOT with parentheses": ("police NOT (london OR 名单)", {"02"}),
        "near, either order": ('"county the"~3', {"01", "02"}),
        "not so near": ('"london the"~1', set()),
        "near enough": ('"london the"~2', {"01"}),
        "Chinese words near": ('"国家 中"~1', {"01"}),
        "the beginning of a word": ("repo*", {"02", "03"}),
        "the end of one": ("*ing", {"03"}),
        "the inside of one": ("re?ort*", {"02", "03"}),
        "a Chinese character unknown": ("张?伟", {"03"}),
        "any between": ("虚*局", {"01"}),
        "a phrase inside longer words": ('*"olice coun"*', {"02"}),
        "a file name": ("list_2018.xls", {"03"}),
        "an address": ("a@b.example", {"03"}),
        "another apostrophe": ("don't", {"03"}),
        "Uyghur as written": ("بىلەن", {"02"}),
        "Cyrillic folded": ("елка", {"02"}),
        "full width": ("ｐｏｌｉｃｅ", {"01", "02"}),
        "kind": ("type:spreadsheet", {"03"}),
        "media type": ('type:"message/rfc822"', {"02"}),
        "language": ("lang:zh", {"01"}),
        "folder and below": ("folder:disk", {"01", "02"}),
        "one folder": ('folder:"disk/b.zip"', {"02"}),
        "a year": ("date:2017", {"01"}),
        "a range of months": ("date:2018-01..2018-06", {"01", "02"}),
        "after a day": ("date:>2018-05-31", {"02"}),
        "size": ("size:>100 size:<=300", {"03"}),
        "state": ("state:read county", {"01", "02"}),
        "sort": ("sort:name list", {"03"}),
        "a digest": (f"hash:{B.hex}", {"02"}),
        "its beginning": ("hash:0202", {"02"}),
        "who sent it": ("from:小李 office", {"02"}),
        "who sent it attached": ("from:小李 list_2018", {"03"}),
        "who sent it, attached or itself": ("from:小李 sort:name", {"02", "03"}),
        "anybody named by what carried it": ("person:小李 sort:name", {"02", "03"}),
        "not what somebody sent": ("sort:name -from:小李", {"01"}),
        "a subject is the message's own": ("subject:本周名单 sort:name", {"02"}),
        "whose subject": ('subject:"本周名单" office', {"02"}),
        "whose name": ("name:letter police", {"02"}),
        "not whose name": ("police -name:letter", {"01"}),
        "a sender's value": ('sender:"li@xugu.invalid"', {"02", "03"}),
        "a person": ("people:老王", {"02", "03"}),
        "nothing": ("nowhere", set()),
    }

    @pytest.mark.parametrize("what", FOUND)
    def test_finds_what_is_asked(self, what: str) -> None:
        self.fill()
        query, objects = self.FOUND[what]
        assert self.objects(query) == objects

    def test_a_word_in_another_script_is_found_in_addition_and_after(self) -> None:
        self.fill()
        found = self.asked("bilen")
        assert found.hits[0].passage.text.startswith("bilen the police")
        shown = [locate(hit.passage, parse_query("bilen")).found_as for hit in found.hits]
        assert shown == [(), ("بىلەن",)]
        assert self.texts('"bilen"') == ["bilen the police county office report"]

    def test_counts_all_hits_and_gives_a_window(self) -> None:
        self.fill()
        whole = self.asked("police OR 张 OR 名单", Window(0, 100))
        parts = [self.asked("police OR 张 OR 名单", Window(start, 1)) for start in range(6)]
        assert [part.total for part in parts] == [whole.total] * 6
        assert [hit for part in parts for hit in part.hits] == list(whole.hits)

    def test_counts_facets_over_all_hits(self) -> None:
        self.fill()
        counted = {
            facet.field: dict(facet.counts)
            for facet in self.asked("county OR 张", Window(0, 1, facets=True)).facets
        }
        assert counted["type"] == {"document": 1, "mail": 1, "spreadsheet": 1}
        assert counted["lang"] == {"zh": 1, "ug": 1, "en": 1}
        assert counted["folder"] == {"disk": 2, "disk/a": 1, "disk/b.zip": 1}
        assert counted["date"] == {"2018": 2, "2017": 1, "2017-03": 1, "2018-01": 1, "2018-06": 1}
        assert counted["sender"] == {"li@xugu.invalid": 2}
        assert counted["people"] == {"小李": 3, "老王": 2}
        assert counted["sort"] == {"text": 3}

    def test_orders_by_date_and_by_name(self) -> None:
        self.fill()

        def order(by: str) -> list[str]:
            asked = parse_query("sort:name")
            return [hit.digest.hex[:2] for hit in self.engine.search(asked, Window(0, 9, by)).hits]  # type: ignore[arg-type]

        assert order("date") == ["01", "02", "03"]
        assert order("-date") == ["02", "01", "03"]
        assert order("name") == ["03", "02", "01"]

    def test_putting_an_object_in_again_replaces_it(self) -> None:
        self.fill()
        before = sorted(self.engine.documents(), key=lambda each: (each[0].hex, each[1]))
        self.fill()
        again = sorted(self.engine.documents(), key=lambda each: (each[0].hex, each[1]))
        assert again == before
        self.engine.put([entry(A, ["changed"])])
        assert self.texts("hash:0101") == sorted(["通知.docx", "changed"])
        assert self.asked("公安").total == 0

    def test_a_batch_that_breaks_leaves_what_was(self) -> None:
        self.fill()

        def broken() -> Iterator[Entry]:
            yield entry(A, ["changed"])
            raise InterruptedError

        with pytest.raises(InterruptedError):
            self.engine.put(broken())
        self.engine = self.reopened()
        assert self.texts("hash:0101") == sorted(["通知.docx", *_TEXTS[A]])
        self.engine.put([entry(A, ["changed"])])
        assert self.texts("hash:0101") == sorted(["通知.docx", "changed"])

    def test_forgets_what_is_removed(self) -> None:
        self.fill()
        self.engine.remove([A, C])
        assert self.objects("police OR 张") == {"02"}

    def test_is_current_once_cleared_and_after_opening_again(self) -> None:
        self.fill()
        self.engine = self.reopened()
        assert self.engine.is_current()
        assert self.asked("公安").total == 1
        self.engine.clear()
        assert self.engine.is_current()
        assert list(self.engine.documents()) == []

    def test_every_substring_of_han_is_found_and_nothing_else(self) -> None:
        chance = random.Random(5)
        letters = "的一是公安局县名单"
        texts = ["".join(chance.choices(letters + "，。", k=60)) for _ in range(60)]
        self.engine.put([entry(A, texts)])
        for _ in range(60):
            text = chance.choice(texts)
            start = chance.randrange(0, 50)
            wanted = text[start : start + chance.randint(1, 6)]
            if not any(letter.isalnum() for letter in wanted):
                continue
            assert self.texts(f'"{wanted}"') == sorted(t for t in texts if wanted in t)

    def test_a_word_repeated_without_end_is_found_at_its_end(self) -> None:
        text = "的" * 900 + "公安" + "de " * 400 + "londonx" + "的"
        self.engine.put([entry(A, [text])])
        assert self.asked('"公安"').total == 1
        assert self.asked('"的公安"').total == 1
        assert self.asked('"de londonx 的"').total == 1
        assert self.asked('"londonx 公"').total == 0
        assert self.asked('"londonx 的"~1').total == 1
        assert self.asked('"de londo"*').total == 1

    def test_signs_of_other_languages_are_letters(self) -> None:
        hostile = "it's \\ a 'quote' & | ! <-> :* % _ $1 {x} [y] (z) \t tab"
        self.engine.put([entry(A, [hostile])])
        for wanted in (
            "it's",
            "\\ a",
            "'quote'",
            "quote' & | ! <-> :* % _ $1",
            "{x} [y]",
            "\t tab",
        ):
            assert self.asked(f'"{wanted}"').total == 1
        assert self.asked('"quote & |"').total == 0

    @pytest.mark.parametrize("query", ["ab*", "*b1?*", "?b1?*", '*"ab7 ab8"*', "ab?", "*a?b?*?1*"])
    def test_a_pattern_of_many_words_is_answered(self, query: str) -> None:
        self.engine.put([entry(A, [" ".join(f"ab{number}" for number in range(300))])])
        assert self.asked(query).total in (0, 1)


def plain_scan(texts: Iterable[str], wanted: str) -> int:
    """How many texts hold these tokens beside each other."""
    sought = "\x00".join(["", *tokens(fold(wanted)), ""])
    return sum(sought in "\x00".join(["", *tokens(fold(text)), ""]) for text in texts)
