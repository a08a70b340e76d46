"""What a header says: which concepts its words may name, and how well they fit.

    "Date of birth (dd/mm/yyyy)"   main "Date of birth", note "dd/mm/yyyy"
    "3. 姓名 / Name"                numbering gone, two segments that agree
    "Супруг: дата рожд."           role spouse, and what is left

- Words are compared folded: case, accents, scripts' variants and spacing do not count.
- An exact phrase scores 1; compounds (Chinese, Japanese, Korean, Burmese) are compared by the share
  of letters that a phrase covers, and their end weighs most; other languages word by word, by
  stems, abbreviations and small misspellings, rare words weighing more than frequent ones.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import islice, product

import msgspec

from muniment.facts.lexicon import CONCEPTS, GENERIC, phrases, role_phrases, simplified
from muniment.facts.lexicon.concept import NUMBERED
from muniment.facts.lexicon.counting import COUNTING, NUMBER_WORDS
from muniment.facts.lexicon.initials import by_initials
from muniment.facts.lexicon.qualifying import without_occasion
from muniment.text import fold

_NUMBERING = re.compile(r"^\s*(?:[(（]?\d{1,3}[)）.、:．]|[①-⑳]|[IVX]{1,4}[.)]|№\s?\d+\s)\s*")
_LANGUAGE = re.compile(  # title_en, name_cyr: in which language or letters it is written
    r"(?<=[^\W_]{3})_(?:en|ru|de|fr|es|pt|zh|cn|ug|ar|fa|tr|kk|kz|uk|ua|"
    r"eng|rus|lat|latin|cyr|orig)$",
    re.IGNORECASE,
)
_WITH = re.compile(r"\bw/(?!o\b)\s?", re.IGNORECASE)
_BRACKETED = re.compile(r"[(（\[【<〈]([^()（）\[\]【】<>〈〉]*)[)）\]】>〉]")
_SEPARATORS = re.compile(r"[/|\n\r;；/·•‧]|\s[-–—]\s|\s{2,}")
_STOP_WORDS = """
    of the a an and or in on at to by for de la el los las del le les du des d l et y e do da dos
    das di della der die das und den von vom am im zur zum и в во на с о об по г і та й у
"""
_STOP = frozenset(fold(word) for word in _STOP_WORDS.split())
_VOWELS = frozenset("aeiouyаеёиоуыэюяіїє")
_LONGEST_KNOWN = 40  # letters
_LEAST = 0.34  # below it, a likeness is chance
_GROUP_SURE = 0.85  # score of a group and a name together that leaves no doubt
_CLOSE = 0.95  # what is not exact never scores more
_END, _WITHIN = 0.6, 0.4  # where a phrase ends a compound; where it stands within one
_PREFIX = 4  # letters that stems share at least
_CUT = 0.75  # how alike a word is to its first letters with a full stop
_LEAST_MISSPELT = 4  # letters of a word whose misspellings are known
_MISSPELT = 0.92
_MOST_SPELLINGS = 8  # of one header that are tried
_SHORT = 3  # letters of an abbreviation at least
_UNNUMBERED = 0.6  # share of its score that keeps what is no number, of a header that says "No."


class Said(msgspec.Struct, frozen=True):
    """What a header may mean: concepts by score, whose column it is, and what stood in brackets."""

    scores: dict[str, float]
    role: str = ""  # spouse, father …; empty for the main subject
    number: str = ""  # of several: "2" in "child 2"
    notes: tuple[str, ...] = ()
    words: dict[str, str] = {}  # concept → the phrase that was recognised
    parts: tuple[str, ...] = ()  # of a header: without its numbering, and one for each language
    counts: bool = False  # whether it says how many there are of something

    @property
    def best(self) -> float:
        """The best score of any concept."""
        return max(self.scores.values(), default=0.0)


class _Phrase(msgspec.Struct, frozen=True, eq=False):
    concept: str
    written: str
    tokens: tuple[tuple[str, float], ...]  # each with its weight
    weight: float  # of them all


class _Index(msgspec.Struct, frozen=True):
    exact: dict[str, tuple[tuple[str, str], ...]]  # compact → (concept, phrase)
    compounds: dict[str, tuple[tuple[str, str], ...]]  # script → compact, concept; longest first
    by_prefix: dict[str, tuple[_Phrase, ...]]
    weights: dict[str, float]  # of stems
    ordered: tuple[tuple[str, str], ...]  # Chinese phrases and their concepts, as listed
    near: dict[str, set[str]]  # a word without one of its letters → the words


@lru_cache(maxsize=20_000)
def header_says(header: str, group: str = "", *, initials: bool = False) -> Said:
    """What a header (under a group's header, where there is one) may mean.

    Of groups over groups, line by line, the last tells what it is, and any whose it is.
    `initials` are tried where the table is Chinese: XM is the name there.
    """
    main, notes = _taken_apart(header)
    role, number, rest = _role_of(main)
    outer, _, group = group.rpartition("\n")
    if outer != "" and role == "":
        role, number, _ = _role_of(_taken_apart(outer)[0])
    if group != "":
        of_group, its_number, left = _role_of(_taken_apart(group)[0])
        if of_group != "":
            role, number = of_group, its_number or number
            group = left if _compact(left) not in _role_tails() else ""
    scores, words = _scores_of(rest if rest != "" else main, notes, header)
    if initials and role == "":
        _add_initials(main, scores, words)
    if rest == "" and role != "":
        exact = {concept: score for concept, score in scores.items() if score > _CLOSE}
        scores = {"name": 0.8, **exact}
    if group != "" and role == "":
        joined, more = _segment(f"{group} {rest or main}")
        for concept, score in joined.items():
            if not concept.startswith("any_") and score > scores.get(concept, 0.0):
                scores[concept] = score
                words[concept] = more[concept]
        # A word for any date says less than the group does: birth.
        specific = {each: score for each, score in joined.items() if each[:4] != "any_"}
        sure = max(specific.values(), default=0.0)
        if sure >= _GROUP_SURE:
            scores |= {each: min(scores[each], sure) for each in scores if each[:4] == "any_"}
    parts = tuple(part.strip() for part in (main, *_SEPARATORS.split(main)))
    return Said(scores, role, number, notes, words, parts, _is_count(main))


def _is_count(main: str) -> bool:
    """Whether a header says how many there are of something: number of arrests, 次数."""
    return COUNTING.search(main) is not None and _compact(main) not in _index().exact


_INITIALS = re.compile(r"[A-HJ-TW-Z]{2,8}\d?|[a-hj-tw-z]{2,8}\d?")
_BY_INITIALS, _A_RANK, _RANKS = 0.9, 0.01, 20


def _add_initials(main: str, scores: dict[str, float], words: dict[str, str]) -> None:
    """What Chinese columns with these initials are; the commoner a phrase, the likelier."""
    known = by_initials(_index().ordered) if _INITIALS.fullmatch(main) else {}
    for concept, (place, phrase) in known.get(main.casefold().rstrip("0123456789"), {}).items():
        score = _BY_INITIALS - _A_RANK * min(place, _RANKS)
        if score > scores.get(concept, 0.0):
            scores[concept], words[concept] = score, phrase


def is_known(text: str) -> bool:
    """Whether a text is, letter for letter but for case, a phrase that headers use."""
    return len(text) <= _LONGEST_KNOWN and text.strip().casefold() in _spellings()


def is_word(word: str) -> bool:
    """Whether a word is one of the lexicon's, or a misspelling of one."""
    folded = fold(word)
    return folded in _words() or len(_respelt(folded)) > 0


def is_word_of(word: str, concept: str) -> bool:
    """Whether a word, or one that it is a misspelling of, stands in the phrases of a concept."""
    folded = fold(word)
    return not _words_of(concept).isdisjoint((folded, *_respelt(folded)))


@cache
def _words_of(concept: str) -> frozenset[str]:
    mine = (phrase for phrase, known in phrases() if known == concept)
    return frozenset(word for phrase in mine for word in _all_tokens(phrase))


@cache
def _words() -> frozenset[str]:
    every = (phrase for phrase, _ in (*phrases(), *role_phrases()))
    return frozenset(word for phrase in every for word in _all_tokens(phrase))


@cache
def _spellings() -> frozenset[str]:
    return frozenset(written.casefold() for written, _ in phrases() if len(written) > 1)


def _taken_apart(header: str) -> tuple[str, tuple[str, ...]]:
    """A header without numbering and brackets, and what stood in the brackets."""
    bare = _NUMBERING.sub("", " ".join(header.split(" ")))
    bare = _WITH.sub("with ", _LANGUAGE.sub("", bare)).replace("?", " ")
    notes = tuple(note.strip() for note in _BRACKETED.findall(bare) if note.strip() != "")
    main = _BRACKETED.sub(" ", bare).strip(" \t\n*:：.。-–—_†‡")
    return (_without_occasion(main), notes) if main != "" else (header, ())


def _without_occasion(main: str) -> str:
    """A header without the occasion of what it names: the age of "age at the time of arrest".

    Not where a phrase says both, nor where only a date is left, which the occasion is the date of.
    """
    left = without_occasion(main)
    if left == main or _compact(main) in _index().exact:
        return main
    said = {concept for concept, _ in _index().exact.get(_compact(left), ())}
    return main if "any_date" in said else left


def _scores_of(
    main: str, notes: tuple[str, ...], whole: str
) -> tuple[dict[str, float], dict[str, str]]:
    """The scores of all segments of a header; segments that agree strengthen one another."""
    scores: dict[str, float] = {}
    words: dict[str, str] = {}
    segments = [(whole, 1.0), (main, 1.0)]
    segments += [(part, 0.98) for part in _SEPARATORS.split(main) if _says_something(part)]
    segments += [(part, 0.97) for part in _by_script(main)]
    segments += [(note, 0.55) for note in notes]
    for segment, weight in segments:
        found, phrase = _segment(segment)
        for concept, score in found.items():
            if score * weight > scores.get(concept, 0.0):
                scores[concept] = score * weight
                words[concept] = phrase[concept]
    return _of_number(main, _numbers_of(main, scores)), words


def _of_number(main: str, scores: dict[str, float]) -> dict[str, float]:
    """What a header says that says "No.": no profession, whatever its other words are.

    Of what is not exact, only concepts that hold codes or numbers keep their score.
    """
    words = _all_tokens(main)
    if len(words) < _SEVERAL or NUMBER_WORDS.isdisjoint((words[0], words[-1])):
        return scores
    return {
        concept: score
        if score >= 1 or concept in GENERIC or NUMBERED & set(CONCEPTS[concept].holds)
        else score * _UNNUMBERED
        for concept, score in scores.items()
    }


def _numbers_of(main: str, scores: dict[str, float]) -> dict[str, float]:
    """Make the running number that is only a part of a header the number of something."""
    serial = scores.get("serial", 0.0)
    words = [word for word in _tokens(main) if len(word) > 1]
    if not 0 < serial < _WHOLE or _is_compound(_compact(main)) or len(words) < _SEVERAL:
        return scores
    kept = {concept: score for concept, score in scores.items() if concept != "serial"}
    return {**kept, "any_number": max(serial, kept.get("any_number", 0.0))}


_WHOLE, _SEVERAL = 0.9, 2  # score of a phrase that is a whole header; words


def _says_something(part: str) -> bool:
    """Whether a part of a header is more than one letter: the S of S/O says nothing."""
    compact = _compact(part)
    return len(compact) > 1 or _is_compound(compact)


def _by_script(text: str) -> Iterable[str]:
    """The stretches of a bilingual header: Chinese apart from other letters, those from others."""
    stretches: dict[str, list[str]] = {}
    for letter in text:
        if letter.isalpha():
            stretches.setdefault(_script(letter), [])
    if len(stretches) < 2:
        return ()
    return tuple(
        "".join(
            letter if not letter.isalpha() or _script(letter) == script else " " for letter in text
        )
        for script in stretches
    )


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ")[0]


@lru_cache(maxsize=50_000)
def _segment_cached(segment: str) -> tuple[tuple[str, float, str], ...]:
    compact = _compact(segment)
    index = _index()
    if compact == "" and "#" in segment:
        compact = "#"
    exact = index.exact.get(compact, ())
    found: dict[str, tuple[float, str]] = {concept: (1.0, phrase) for concept, phrase in exact}
    if compact == "":
        return ()
    likenesses = _compound_scores(compact) if _is_compound(compact) else _token_scores(segment)
    most = _CLOSE if len(exact) == 0 else 0.8
    for concept, likeness, phrase in likenesses:
        score = min(likeness, most)
        if score >= _LEAST and score > found.get(concept, (0.0, ""))[0]:
            found[concept] = (score, phrase)
    return tuple((concept, score, phrase) for concept, (score, phrase) in found.items())


def _segment(segment: str) -> tuple[dict[str, float], dict[str, str]]:
    found = _segment_cached(segment)
    return (
        {concept: score for concept, score, _ in found},
        {concept: phrase for concept, _, phrase in found},
    )


def _compound_scores(compact: str) -> Iterable[tuple[str, float, str]]:
    """Phrases in a compound, and phrases that a short header is a part of."""
    size = len(compact)
    script = _compounding(compact)
    for phrase, concept in _index().compounds.get(script, ()):
        if len(phrase) >= _FEWEST_LETTERS[script] and phrase in compact:
            share = len(phrase) / size
            base = _END if compact.endswith(phrase) else _WITHIN
            yield concept, base + (1 - base) * share * 0.95, phrase
        elif len(phrase) > 2 and _parted(phrase, compact):
            yield concept, 0.45 + 0.4 * len(phrase) / size, phrase
        elif size > 1 and compact in phrase:
            yield concept, 0.3 + 0.5 * size / len(phrase), phrase


def _parted(phrase: str, compact: str) -> bool:
    """Whether a compound begins and ends as the phrase does, with something between."""
    half = len(phrase) // 2
    return compact.startswith(phrase[:half]) and compact.endswith(phrase[half:])


def _token_scores(segment: str) -> Iterable[tuple[str, float, str]]:
    tokens = _tokens(segment)
    if len(tokens) == 0:
        return
    yield from _likenesses(tokens, _abbreviated(segment), 1.0)
    respelt = [_respelt(token) for token in tokens]
    if any(len(words) > 0 for words in respelt):
        ways = product(*(words or (token,) for words, token in zip(respelt, tokens, strict=True)))
        for way in islice(ways, _MOST_SPELLINGS):
            yield from _likenesses(way, frozenset(), _MISSPELT)


def _likenesses(
    tokens: tuple[str, ...], short: frozenset[str], share: float
) -> Iterable[tuple[str, float, str]]:
    """Phrases that are like a header of these words, as far as it is no chance."""
    index = _index()
    nearest = _Nearest(tokens, short)
    seen: set[_Phrase] = set()
    for prefix in dict.fromkeys(token[:2] for token in tokens):
        for phrase in index.by_prefix.get(prefix, ()):
            if phrase in seen:
                continue
            seen.add(phrase)
            found = sum([weight * nearest[word] for word, weight in phrase.tokens])
            covered = float((found / phrase.weight) ** 1.5)
            # Where the header covers little of the phrase it is chance; most phrases end here.
            if covered >= _LEAST:
                back = _covered_by(tokens, phrase, short, index.weights)
                yield phrase.concept, covered * (0.45 + 0.55 * back) * share, phrase.written


class _Nearest(dict[str, float]):
    """How alike a word of a phrase is to that word of the header which is most like it.

    Phrases share their words: each is compared once.
    """

    def __init__(self, tokens: tuple[str, ...], short: frozenset[str]) -> None:
        self._tokens = tokens
        self._short = short
        self._alike = tuple(_alike_to(token) for token in tokens)

    def __missing__(self, word: str) -> float:
        found = max([alike[word] for alike in self._alike])
        if len(self._short) > 0:
            found = max(found, *(_alike_in(word, each, self._short) for each in self._tokens))
        self[word] = found
        return found


class _AlikeTo(dict[str, float]):
    """How alike other words are to one."""

    def __init__(self, word: str) -> None:
        self._word = word

    def __missing__(self, other: str) -> float:
        found = self[other] = _alike(self._word, other)
        return found


@lru_cache(maxsize=200)
def _alike_to(word: str) -> _AlikeTo:
    return _AlikeTo(word)


def _covered_by(
    tokens: tuple[str, ...], phrase: _Phrase, short: frozenset[str], weights: dict[str, float]
) -> float:
    """How much of the header is in the phrase."""
    found = sum(
        _weight(word, weights) * max(_alike_in(word, other, short) for other, _ in phrase.tokens)
        for word in tokens
    )
    return found / sum(_weight(word, weights) for word in tokens)


def _alike_in(one: str, other: str, short: frozenset[str]) -> float:
    """How alike two words are, of which some (`short`) end with a full stop."""
    cut = (one in short and other.startswith(one)) or (other in short and one.startswith(other))
    return max(_alike(one, other), _CUT if cut else 0.0)


def _weight(word: str, weights: dict[str, float]) -> float:
    return weights.get(word[:_PREFIX], 6.0)


def _alike(one: str, other: str) -> float:
    """How alike two words are, from 0 to 1: the same, one stem, an abbreviation, a misspelling."""
    if one == other:
        return 1.0
    short, long = sorted((len(one), len(other)))
    is_far = short <= _PREFIX or long - short > long // 4
    if is_far and one[0] != other[0]:
        return 0.0
    common = _common(one, other)
    if common == short >= _SHORT and short < long:
        return 0.9 if short >= _PREFIX else 0.7
    if common >= _PREFIX and common >= 0.6 * long:
        return 0.88
    shorter, longer = (one, other) if len(one) < len(other) else (other, one)
    if short >= _SHORT and longer[0] == shorter[0] and _bones(longer).startswith(shorter):
        return 0.75
    if not is_far:
        distance = _distance(one, other, long // 4)
        if distance is not None:
            return (1 - distance / long) * 0.95
    return 0.0


def _bones(word: str) -> str:
    """A word without its vowels, as abbreviations are made: tarihi, trh."""
    return word[0] + "".join(letter for letter in word[1:] if letter not in _VOWELS)


def _common(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _distance(one: str, other: str, most: int) -> int | None:
    """Levenshtein's distance, where it is at most `most`."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > most or _lacking(long, short) > most:
        return None
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        before, row[0] = row[0], number
        for place, against in enumerate(other, 1):
            cost = before if letter == against else 1 + min(before, row[place], row[place - 1])
            before, row[place] = row[place], cost
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


def _lacking(long: str, short: str) -> int:
    """How many different letters of one word are not in the other: each costs a change."""
    return len(set(long).difference(short))


def _role_of(main: str) -> tuple[str, str, str]:
    """Whose column it is, which of several, and what is left of the header."""
    compact = _compact(main)
    if _is_compound(compact):
        for phrase, role in _roles_of_compounds():
            if compact.startswith(phrase):
                rest = compact[len(phrase) :].removeprefix("的")
                count = re.match(r"\d+|[一二三四五六七八九]", rest)
                rest = rest if count is None else rest[count.end() :]
                if len(phrase) == 1 and rest == "":
                    break  # 父, 女: the word alone is too short to say whose the column is
                return role, count[0] if count is not None else "", rest
        return _role_within(compact) or ("", "", main)
    tokens = _all_tokens(re.sub(r"['’]s\b", "", main))
    for size in (4, 3, 2, 1):
        for start in range(len(tokens) - size + 1):
            known = _role_called(" ".join(tokens[start : start + size]))
            if known is not None:
                left = tokens[:start] + tokens[start + size :]
                if known in _BY_OFFICE and not _is_of_somebody(left):
                    continue
                number = next((word for word in left if word.isdecimal()), "")
                kept = [word for word in left if not word.isdecimal() and word != "s"]
                return known, number, " ".join(kept)
    return "", "", main


_BY_OFFICE = frozenset({"lawyer", "judge", "doctor", "perpetrator"})
_OF_SOMEBODY = frozenset(
    {"name", "first_name", "last_name", "phone", "email", "address", "any_address", "any_name",
     "political", "sex", "age", "alias", "nationality", "position", "title", "id_number",
     "passport", "birth_date", "birth_place", "ethnicity", "religion"}
)  # fmt: skip


def _is_of_somebody(left: list[str]) -> bool:
    """Whether what is left beside a doctor or a judge is the name or the like of that person."""
    words = [word for word in left if word not in _STOP and not word.isdecimal()]
    found, _ = _segment(" ".join(words))
    best = max(found.values(), default=0.0)
    return len(words) == 0 or any(
        concept in _OF_SOMEBODY and score == best > 0.5 for concept, score in found.items()
    )


def _role_within(compact: str) -> tuple[str, str, str] | None:
    """A role that a Chinese compound names after something else: 本案举报人电话, 主要亲属姓名."""
    for phrase, role in _roles_of_compounds():
        before, found, rest = compact.partition(phrase)
        said = [concept for concept, _ in _index().exact.get(rest, ())]
        if len(phrase) > 1 and found != "" and before != "" and not _OF_SOMEBODY.isdisjoint(said):
            return role, "", rest
    return None


def _role_called(words: str) -> str | None:
    """The role that words name, in one of the forms of a language that bends its nouns."""
    known = _roles().get(words)
    if known is not None or len(words) <= _BENT or _OBLIQUE.fullmatch(words) is None:
        return known
    return _bent_roles().get(words[:-1]) or _bent_roles().get(words[:-2])


_CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
# Not the plural: контакты are telephones, and no person.
_OBLIQUE = re.compile(r"[\u0400-\u04ff]+(?:[аяуюе]|[оеё]м|[ое]й|[ое]в|[ыи]м)")
_BENT = 5  # letters of a stem at least: свидетел-ь, свидетел-я


@cache
def _bent_roles() -> dict[str, str]:
    """The stems of the roles' words that are written in Cyrillic letters."""
    known = {word: role for word, role in _roles().items() if _CYRILLIC.fullmatch(word)}
    return {
        stem: role
        for word, role in known.items()
        for stem in (word, word[:-1])
        if len(stem) >= _BENT
    }


@cache
def _roles() -> dict[str, str]:
    return {" ".join(_all_tokens(phrase)): role for phrase, role in role_phrases()}


@cache
def _roles_of_compounds() -> tuple[tuple[str, str], ...]:
    known = ((_compact(phrase), role) for phrase, role in role_phrases())
    found = [pair for pair in known if _stands_in_compounds(pair[0])]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def _stands_in_compounds(compact: str) -> bool:
    """Whether a word is found within compounds; short Burmese ones would be found everywhere."""
    script = _compounding(compact)
    return script != "" and (script != "burmese" or len(compact) >= _FEWEST_LETTERS[script])


@cache
def _role_tails() -> frozenset[str]:
    """What stands behind a role in a group's header and says nothing: 配偶信息, spouse details."""
    words = (
        "信息 情况 资料 基本信息 基本情况 information info details data данные сведения "
        "informations datos daten dados"
    )
    return frozenset(["", *(_compact(word) for word in words.split())])


def make_lexicon_ready() -> None:
    """Make what the first header of a process would wait a third of a second for."""
    _index()


@cache
def _index() -> _Index:
    exact: dict[str, list[tuple[str, str]]] = defaultdict(list)
    told: list[tuple[str, str, tuple[str, ...]]] = []
    compounds: dict[str, list[tuple[str, str]]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for written, concept in phrases():
        compact = _compact(written) or written.strip()
        if concept not in (known for known, _ in exact[compact]):
            exact[compact].append((concept, written))
        if _is_compound(compact):
            compounds[_compounding(compact)].append((compact, concept))
            continue
        tokens = _phrase_tokens(written)
        counts.update({word[:_PREFIX] for word in tokens})
        if len(tokens) < 2 or max(map(len, tokens)) > 1:
            told.append((concept, written, tokens))  # D/O/B is known as it stands, and no D of it
    total = sum(counts.values())
    weights = {stem: math.log(total / count) / 1.5 for stem, count in counts.items()}
    return _Index(
        {key: tuple(found) for key, found in exact.items()},
        {
            script: tuple(sorted(set(found), key=lambda pair: (-len(pair[0]), pair)))
            for script, found in compounds.items()
        },
        _by_prefix(told, weights),
        weights,
        tuple(compounds["han"]),
        _near({word for _, _, tokens in told for word in tokens}),
    )


def _by_prefix(
    told: list[tuple[str, str, tuple[str, ...]]], weights: dict[str, float]
) -> dict[str, tuple[_Phrase, ...]]:
    """The phrases by how each of their words begins."""
    found: dict[str, list[_Phrase]] = defaultdict(list)
    for concept, written, tokens in told:
        weighed = tuple((word, _weight(word, weights)) for word in tokens)
        phrase = _Phrase(concept, written, weighed, sum(weight for _, weight in weighed))
        for prefix in {word[:2] for word in tokens}:
            found[prefix].append(phrase)
    return {prefix: tuple(phrases) for prefix, phrases in found.items()}


def _near(words: set[str]) -> dict[str, set[str]]:
    """The words of a misspelling's length at least, by what is left without any one letter."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in words:
        if len(word) >= _LEAST_MISSPELT:
            for left in _without_one(word):
                found[left].add(word)
    return dict(found)


def _without_one(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


@lru_cache(maxsize=20_000)
def _respelt(word: str) -> tuple[str, ...]:
    """Known words of which an unknown one is a misspelling.

    That is: a letter too many, lacking or another, or two exchanged; of four letters only the last.
    In the order of the alphabet: not all of them may be tried.
    """
    near = _index().near
    if len(word) < _LEAST_MISSPELT or word in near.get(word, ()) or not word.isalpha():
        return ()
    known = {each for left in _without_one(word) for each in near.get(left, ())}
    exchanged = {each for each in known if sorted(each) == sorted(word)}
    if len(word) == _LEAST_MISSPELT or len(exchanged) > 0:
        return tuple(sorted(exchanged))
    near_by = [each for each in known if abs(len(each) - len(word)) <= 1]
    return tuple(sorted(each for each in near_by if _distance(each, word, 1) == 1))


@lru_cache(maxsize=50_000)
def _compact(text: str) -> str:
    """The letters and digits of a text, folded, simplified, without anything between them."""
    return "".join(letter for letter in fold(simplified(text)) if letter.isalnum())


_ELIDED = re.compile(r"\b[dlDL]['’](?=[^\W\d_]{2})")
_DOTTED = re.compile(r"\b([^\W\d_])\.\s?(?=[^\W\d_]\.)")


def _all_tokens(text: str) -> list[str]:
    text = _DOTTED.sub(r"\1", text)  # Ф.И.О. is one word
    text = _ELIDED.sub(" ", text)  # and l'avocat are two
    words = re.findall(r"[^\W_]+", fold(text).replace("'", ""))
    return [_SHORT_FOR.get(word, word) for word in words]


_SHORT_FOR = {
    "dt": "date", "dte": "date", "plc": "place", "nm": "name",
    "fec": "fecha", "fch": "fecha", "addr": "address", "txt": "text", "arr": "arrest",
}  # fmt: skip


def _tokens(text: str) -> tuple[str, ...]:
    """The words of a text, folded; without those that say nothing where others are left."""
    every = _all_tokens(text)
    return _telling(every) or tuple(every)


def _telling(words: list[str]) -> tuple[str, ...]:
    return tuple([word for word in words if word not in _STOP and not word.isdecimal()])


def _phrase_tokens(text: str) -> tuple[str, ...]:
    """The words of a phrase; of one like "held at", those that say nothing, too."""
    every = _all_tokens(text)
    kept = _telling(every)
    return kept if len(kept) > 1 else tuple(every)


def _abbreviated(text: str) -> frozenset[str]:
    """The few letters before a full stop, and those of names of columns such as FEC_NAC."""
    folded = fold(text)
    dotted = re.findall(r"([^\W\d_]{1,3})\.", folded)
    coded = re.findall(r"[^\W\d_]{1,3}", folded) if "_" in text else ()
    return frozenset(
        (*dotted, *(word for word in coded if len(word) > 1 and word not in _index().exact))
    )


# Scripts whose headers are compounds without spaces, or with spaces as the clerk likes.
_COMPOUNDING = {
    "han": re.compile("[\u3040-\u30ff\u4e00-\u9fff]"),
    "hangul": re.compile("[\uac00-\ud7a3]"),
    "burmese": re.compile("[\u1000-\u109f]"),
}
# Letters of a phrase that is found within a compound; Burmese ones are counted without vowels.
_FEWEST_LETTERS = {"": 2, "han": 2, "hangul": 2, "burmese": 3}


@lru_cache(maxsize=50_000)
def _compounding(compact: str) -> str:
    """The script of more than half of the letters, if it is one of compounds; or nothing."""
    for script, letters in _COMPOUNDING.items():
        if len(letters.findall(compact)) * 2 > len(compact):
            return script
    return ""


def _is_compound(compact: str) -> bool:
    """Whether a header is Chinese, Japanese, Korean or Burmese."""
    return _compounding(compact) != ""
