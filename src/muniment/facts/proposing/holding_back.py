"""What is not proposed although something speaks for it, because a mistake would be a grave one.

- A column of a witness, an officer, a neighbour is never taken for the person's own: not where the
  lexicon knows who that is, and not where it only knows that it is somebody.
- What a cell holds never says which date it is. Where the header does not say so either, the
  column stays unmapped.

Each answer is empty, or what is said behind the number of the column.
"""

import re

import msgspec

from muniment.facts.header import header_says, is_known, is_word, is_word_of
from muniment.facts.lexicon import CONCEPTS
from muniment.facts.proposing.choice import Choice, Seen

# What a list says of people one by one: of whom, its header has to leave no doubt.
_OF_ONE = frozenset(
    {"name", "first_name", "last_name", "second_name", "alias", "phone", "email", "address",
     "id_number", "passport", "sex", "age", "nationality", "ethnicity", "religion", "profession",
     "birth_date", "birth_place", "registration"}
)  # fmt: skip
# Entities that hang on the person whom the table is about, whoever else a header names.
_OF_THE_PERSON = frozenset({"detention", "sentence", "charge", "age", "organization"})
_OTHERS = frozenset({"", "head"})  # roles that are the person's own
_SURE, _IN_PART = 0.95, 0.8  # score of a header that says it all; of one that says it in part
_LEAST_DATE = 0.6  # score of a header that says which date it is

WHICH_DATE = (
    "holds dates, and its header does not say of what: it stays unmapped until somebody does"
)
_WHOSE = (
    "is of somebody else than the person of the row ({}): it stays unmapped, "
    "lest it be taken for the person's own"
)
_PERHAPS = (
    "may be of somebody else than the person of the row: another column says more surely what "
    "this one might, and a word of its header is not known; it stays unmapped"
)


def held_back(concept: str, score: float, seen: Seen) -> str:
    """Why a column is not to be taken for this; empty where it may. `score` is of its header."""
    if concept == "event_date":
        is_named = seen.said.scores.get("event_date", 0.0) >= _LEAST_DATE
        return "" if is_named else WHICH_DATE
    if CONCEPTS[concept].reader == "date" and seen.header != "" and score < _LEAST_DATE:
        return WHICH_DATE
    whole = any(is_known(part) for part in (seen.header, *seen.said.parts[:1]))
    entity = CONCEPTS[concept].entity
    if (
        seen.said.role not in _OTHERS
        and entity in _OF_THE_PERSON
        and not (whole and _is_of_its_own_role(seen))
    ):
        return _WHOSE.format(seen.said.role)
    if concept in _OF_ONE and seen.said.role == "" and not whole:
        header = seen.said.parts[0] if len(seen.said.parts) > 0 else seen.header
        stranger = _stranger(header, concept)
        return "" if stranger == "" else _WHOSE.format(stranger)
    return ""


def _is_of_its_own_role(seen: Seen) -> bool:
    """Whether a header says itself in whose role it is; "unit" under "officer" does not."""
    return any(header_says(part).role == seen.said.role for part in seen.said.parts[:1])


def in_part_only(choices: list[Choice]) -> list[Choice]:
    """Without columns that say with half a header what another column says with all of it."""
    surest = {
        choice.concept for choice in choices if choice.entity == "person" and choice.header >= _SURE
    }
    return [
        unmapped(choice, _PERHAPS)
        if choice.entity == "person"
        and choice.concept in surest & _OF_ONE
        and choice.header < _IN_PART
        and _has_unknown_word(choice.seen.said.parts[:1] or (choice.seen.header,))
        else choice
        for choice in choices
    ]


def unmapped(choice: Choice, why: str) -> Choice:
    """The column as one of which nothing is stated, and why."""
    return msgspec.structs.replace(
        choice, concept="", entity="", confidence=0.0, reasons=(why,), ranked=(), left=why
    )


# --- words for somebody --------------------------------------------------------------------------

# Of whom: phone of the neighbour, teléfono del vecino; neighbour's phone; телефон соседа;
# komşunun telefonu, көршінің телефоны. Each has one group, the word that says who.
_OF = (
    re.compile(
        r"\b(?:of(?: the| an?)?|del|de la|de los|de las|de l|du|des|der|vom|von|do|da|dos|das|di"
        r"|della)[\s'’]+([^\W\d_]{3,})\W*$",
        re.IGNORECASE,
    ),
    re.compile(r"^\W*([^\W\d_]{3,})['’]s\b"),
    re.compile(r"[а-яёіїє.]\s+([а-яёіїє]{3,}(?:[аяыи]|[ое]го|[ое]в|ей|ої|ої))\W*$", re.IGNORECASE),
    re.compile(r"^\W*([^\W\d_]{2,}(?:n[ıiuü]n|[нтд][ыі]ң|نىڭ|ning|нинг))\s", re.IGNORECASE),
)
# A Chinese compound of somebody by what they do, and what is said of them: 邻居 no, 代办人电话 yes.
_SOMEBODY_HAN = re.compile(
    r"([\u4e00-\u9fff]{1,6}[人者员員官警师師])的?"
    r"(?:姓名|名字|电话|電話|联系电话|手机|手机号|手机号码|身份证|身份证号|身份证号码|证件号码|住址|地址|性别|民族|年龄|出生日期)"
)
# How such a word begins where it is the person whom the list is about: who was taken, held, tried.
_SUFFERING = re.compile(
    r"[被受在失死病罪犯囚羁收拘教培服学亡嫌疑违本该此当當逃刑关關]|重点|人员|人員|学|對象|对象|出境|持证|申请|户|戶|党|员工|雇|居|住"
)


def _stranger(header: str, concept: str) -> str:
    """The word of a header that says whose the column is, and is not the person; empty without one.

    The person is who is named: detainee, victim; other words may belong to what is said of them.
    """
    han = _SOMEBODY_HAN.fullmatch("".join(header.split()))
    if han is not None:
        return "" if _SUFFERING.match(han[1]) is not None else han[1]
    said = (of[1] for pattern in _OF if (of := pattern.search(header)) is not None)
    known = (concept, f"any_{concept}", "name")
    return next((word for word in said if not any(is_word_of(word, each) for each in known)), "")


def _has_unknown_word(texts: tuple[str, ...]) -> bool:
    """Whether a header has a word of some length that no phrase of the lexicon has."""
    words = (word for text in texts for word in re.findall(r"[^\W\d_]{4,}", text))
    return any(not ("\u4e00" <= word[0] <= "\u9fff" or is_word(word)) for word in words)
