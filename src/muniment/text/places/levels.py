"""Addresses taken apart where words mark their levels: 疏附县乌帕尔镇某某村三组.

- Each span is the shortest run that ends in a word for a kind of area. 市 is a city, whether of a
  province or of a prefecture: the word does not say, and no order is asked for.
- What no word marks is left over, as spans too; nothing is looked up.
"""

import re
from enum import StrEnum
from functools import cache

import msgspec

_REST = re.compile(r"[^\s,，、;；.。()（）]+(?:\s+[^\s,，、;；.。()（）]+)*")
_NAME = r"[\u3400-\u9fff·]"


class Level(StrEnum):
    """A kind of area by the word that marks it."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    CITY = "city"
    DISTRICT = "district"
    COUNTY = "county"
    TOWN = "town"
    TOWNSHIP = "township"
    SUBDISTRICT = "subdistrict"
    VILLAGE = "village"
    NEIGHBOURHOOD = "neighbourhood"
    GROUP = "group"
    STREET = "street"
    NUMBER = "number"


class LevelSpan(msgspec.Struct, frozen=True):
    """A part of an address; `level` is None for what no word marks."""

    level: Level | None
    start: int
    end: int
    written: str


# Longest word first among those that end alike (自治县 before 县, 街道 before 街).
_CHINESE = (
    (Level.PROVINCE, "自治区|自治區|特别行政区|特別行政區|省"),
    (Level.PREFECTURE, "自治州|地区|地區|盟|专区|專區"),
    (Level.COUNTY, "自治县|自治縣|自治旗|县|縣|旗"),
    (Level.SUBDISTRICT, "街道办事处|街道辦事處|街道办|街道"),
    (Level.TOWNSHIP, "民族乡|民族鄉|乡|鄉|苏木|公社"),
    (Level.NEIGHBOURHOOD, "居民委员会|居委会|社区|社區"),
    (Level.VILLAGE, "村民委员会|村委会|行政村|自然村|村|嘎查"),
    (Level.GROUP, "村民小组|小组|组|大队|小队"),
    (Level.DISTRICT, "区|區"),
    (Level.CITY, "市"),
    (Level.TOWN, "镇|鎮"),
    (Level.STREET, "大道|大街|路|街|巷|胡同"),
    (Level.NUMBER, "号院|号楼|号|號|栋|棟|单元|單元|室"),
)
# A word, as Uyghur (both scripts), Russian and English write it after up to three of a name.
_LETTERS = (
    (Level.PROVINCE, r"ئاپتونوم رايونى|ئۆلكىسى|aptonom rayoni|autonomous region|province|область"),
    (Level.PREFECTURE, r"ۋىلايىتى|ئوبلاستى|wilayiti|oblasti|prefecture"),
    (Level.COUNTY, r"ناھىيىسى|ناھىيەسى|nahiyisi|nahiyesi|county|район|ауданы|уезд"),
    (Level.CITY, r"شەھىرى|shehiri|sheheri|city|қаласы"),
    (Level.TOWN, r"بازىرى|baziri|town"),
    (Level.TOWNSHIP, r"يېزىسى|yézisi|yezisi|township|ауылдық округі|волость"),
    (Level.VILLAGE, r"كەنتى|kenti|village|село|ауылы|деревня"),
    (Level.NEIGHBOURHOOD, r"مەھەللىسى|mehellisi|neighbou?rhood|community"),
    (Level.STREET, r"كوچىسى|يولى|kochisi|yoli|street|road|улица|көшесі"),
)
_MARKS_BEFORE = (
    (Level.CITY, r"г\.|город"),
    (Level.VILLAGE, r"с\.|пос\.|дер\.|село|деревня|посёлок"),
    (Level.STREET, r"ул\.|улица"),
)


def read_levels(written: str) -> tuple[LevelSpan, ...]:
    """The parts of an address in their order; together they are all of it but spaces and signs."""
    spans: list[LevelSpan] = []
    after = 0
    for match in _units().finditer(written):
        spans.extend(_left_over(written, after, match.start()))
        level = _level_of(match)
        spans.append(LevelSpan(level, match.start(), match.end(), match.group()))
        after = match.end()
    spans.extend(_left_over(written, after, len(written)))
    return tuple(spans)


def _level_of(match: re.Match[str]) -> Level:
    """By the group of letters that matched, or by the Chinese word at the end."""
    if match["chinese"] is not None:
        return _chinese_words()[match["chinese"]]
    named = match.lastgroup or ""
    return Level(named.removesuffix("_after").removesuffix("_before"))


def _left_over(written: str, start: int, end: int) -> list[LevelSpan]:
    return [
        LevelSpan(None, found.start(), found.end(), found.group())
        for found in _REST.finditer(written, start, end)
    ]


@cache
def _chinese_words() -> dict[str, Level]:
    return {word: level for level, words in _CHINESE for word in words.split("|")}


@cache
def _units() -> re.Pattern[str]:
    longest_first = sorted(_chinese_words(), key=len, reverse=True)
    chinese = rf"(?:\d{{1,4}}|{_NAME}{{1,12}}?)(?P<chinese>{'|'.join(longest_first)})"
    word = r"(?<![^\W_])[^\W\d_][^\W_]*(?:['’ʼ-][^\W_]+)*"
    before = "|".join(
        rf"(?P<{level.value}_before>(?<!\w)(?:{words})\s*{word}(?:\s+{word})??)"
        for level, words in _MARKS_BEFORE
    )
    after = "|".join(
        rf"(?P<{level.value}_after>{word}(?:\s+{word}){{0,2}}?\s+(?:{words})(?!\w))"
        for level, words in _LETTERS
    )
    return re.compile(f"{chinese}|{before}|{after}", re.IGNORECASE)
