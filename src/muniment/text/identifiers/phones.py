"""Telephone numbers, by the numbering plans that libphonenumber publishes.

- A number with a country code is read anywhere. Without one it is read only where a country is
  given (`phones_of`), and the country is then marked as inferred.
- A number whose length is possible is parsed; whether its prefix is assigned is an aspect, as
  plans change and lists are old.
- An extension makes a number another one, and is not read.
"""

import re
from functools import cache

import phonenumbers
from phonenumbers import Leniency, PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher

from muniment.text.digits import western
from muniment.text.identifiers.assessing import NOT_EVALUATED, graded
from muniment.text.identifiers.identifier import Aspect, Context, Found, Identifier, Parsed

NAME = "phone"
_SOURCE = "libphonenumber metadata"
# Digits with what people put between them; words and other signs make it something else.
_LOOKS = re.compile(r"[\s(]*\+?[\d\s()./\u2010-\u2015-]{5,30}", re.ASCII)
_INTERNATIONAL = re.compile(r"^[\s(]*(?:\+|00)")
_KINDS = {
    phonenumbers.PhoneNumberType.MOBILE: "a mobile telephone",
    phonenumbers.PhoneNumberType.FIXED_LINE: "a fixed line",
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE: "a fixed line or a mobile telephone",
}


@cache
def phones_of(country: str | None) -> Identifier:
    """The identifier of telephone numbers; `country` (two letters) is for those without a code."""

    def parse(written: str) -> Parsed | None:
        text = western(written).strip()
        number = _read(text, country)
        if number is None:
            return None
        inferred = () if _INTERNATIONAL.match(text) is not None else ("country",)
        compact = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        region = phonenumbers.region_code_for_number(number)
        return Parsed(NAME, written, compact, region=region, inferred=inferred)

    def find(text: str) -> tuple[Found, ...]:
        found = []
        for match in PhoneNumberMatcher(western(text), country, leniency=Leniency.VALID):
            parsed = parse(text[match.start : match.end])
            if parsed is not None:
                found.append(Found(match.start, match.end, parsed.written, parsed.compact))
        return tuple(found)

    return Identifier(
        name=NAME if country is None else f"{NAME}-{country.lower()}",
        title="Telephone number" if country is None else f"Telephone number, {country} assumed",
        country=country,
        example="+1 202-555-0143",  # 555-0100 to 555-0199 are kept for fiction
        find=find,
        parse=parse,
        show=show,
        assess=assess,
    )


def show(parsed: Parsed) -> str:
    """The number as E.123 prints it internationally: +86 998 123 4567."""
    number = phonenumbers.parse(parsed.compact)
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def assess(parsed: Parsed, _context: Context) -> tuple[Aspect, ...]:
    """Whether its length is possible, and whether its prefix is assigned in today's plan."""
    number = phonenumbers.parse(parsed.compact)
    possible = phonenumbers.is_possible_number(number)
    says = f"Its length is {'' if possible else 'not '}possible under +{number.country_code}."
    return (graded("form", agrees=possible, says=says, source=_SOURCE), _prefix(number, parsed))


def _prefix(number: PhoneNumber, parsed: Parsed) -> Aspect:
    name = "region-known"
    if phonenumbers.is_valid_number(number):
        kind = _KINDS.get(phonenumbers.number_type(number), "another service")
        says = f"Its prefix is assigned in {parsed.region or 'several countries'}, to {kind}."
        return graded(name, agrees=True, says=says, source=_SOURCE)
    says = "Its prefix is not in the plan of today; whether it once was, the table does not say."
    return Aspect(name, NOT_EVALUATED, says, _SOURCE)


def _read(text: str, country: str | None) -> PhoneNumber | None:
    if _LOOKS.fullmatch(text) is None:
        return None
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


PHONE = phones_of(None)
