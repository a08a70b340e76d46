"""Numbers of bodies, accounts and devices whose check digits python-stdnum knows."""

import re
from collections.abc import Callable

import msgspec
from stdnum import iban, imei, lei, luhn
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

from muniment.text.digits import western
from muniment.text.identifiers.assessing import finder, graded
from muniment.text.identifiers.cn_resident import CN_RESIDENT
from muniment.text.identifiers.identifier import (
    Aspect,
    Catches,
    Context,
    Identifier,
    Parsed,
)

_GAPS = re.compile(r"[\s\u2010-\u2015-]+")
_RESIDENT_DIGITS = 18
_SINGLE = frozenset({Catches.SINGLE})
_TABLES = "python-stdnum"


class _Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of number of no person; every function takes the compact form."""

    name: str
    title: str
    country: str | None = None
    example: str
    form: str  # a pattern of the compact form
    looks: str  # a pattern of how it stands in text
    source: str
    print_: Callable[[str], str] = str
    check: Callable[[str], bool]
    known: Callable[[str], bool] | None = None  # whether its prefix stands in a table
    region: Callable[[str], str | None] | None = None  # a country in two letters
    catches: frozenset[Catches] = _SINGLE


def _identifier(kind: _Kind) -> Identifier:
    form = re.compile(kind.form, re.ASCII)

    def parse(written: str) -> Parsed | None:
        compact = _GAPS.sub("", western(written)).upper()
        if form.fullmatch(compact) is None:
            return None
        region = None if kind.region is None else kind.region(compact)
        return Parsed(kind.name, written, compact, region=region)

    return Identifier(
        name=kind.name,
        title=kind.title,
        country=kind.country,
        example=kind.example,
        find=finder(
            re.compile(rf"(?<![0-9A-Za-z])(?:{kind.looks})(?![0-9A-Za-z])", re.ASCII),
            parse,
            lambda parsed: kind.check(parsed.compact) and not _is_resident(parsed.compact),
        ),
        parse=parse,
        show=lambda parsed: kind.print_(parsed.compact),
        assess=lambda parsed, context: _assess(kind, parsed, context),
        catches=kind.catches,
    )


def _assess(kind: _Kind, parsed: Parsed, _context: Context) -> tuple[Aspect, ...]:
    says = f"It has {len(parsed.compact)} characters, as {kind.title} can have."
    agrees = kind.check(parsed.compact)
    aspects = [
        graded("form", agrees=True, says=says, source=kind.source),
        graded(
            "check-digit",
            agrees=agrees,
            says=f"The check digit {'agrees' if agrees else 'does not agree'} with the others.",
            source=kind.source,
        ),
    ]
    if kind.known is not None:
        known = kind.known(parsed.compact)
        says = f"Its prefix is {'' if known else 'not '}in the table, with such a length."
        aspects.append(graded("region-known", agrees=known, says=says, source=_TABLES))
    return tuple(aspects)


def _is_resident(compact: str) -> bool:
    """A resident identity number of China has a code's form too, and is believed to be one first.

    Of 15 digits nothing but a date tells one from an IMEI, so both are found there.
    """
    return len(compact) == _RESIDENT_DIGITS and len(CN_RESIDENT.find(compact)) > 0


def _iban_check(compact: str) -> bool:
    return mod_97_10.is_valid(compact[4:] + compact[:4])


def _iban_known(compact: str) -> bool:
    """Whether the country has accounts of this length and these letters."""
    try:
        # The check digits are made right first, as they are asked about apart.
        iban.validate(compact[:2] + iban.calc_check_digits(compact) + compact[4:], False)  # noqa: FBT003
    except ValidationError:
        return False
    return True


def _uscc_check(compact: str) -> bool:
    return uscc.calc_check_digit(compact[:-1]) == compact[-1]


_USCC_LETTERS = "0-9A-HJ-NP-RT-UW-Y"

INTERNATIONAL: tuple[Identifier, ...] = tuple(
    map(
        _identifier,
        (
            _Kind(
                name="cn-organisation-code",
                title="Unified social credit code (China)",
                country="CN",
                example="91659999MA9999999W",
                form=rf"[1-9ANY][1-9]\d{{6}}[{_USCC_LETTERS}]{{10}}",
                looks=rf"[1-9ANY][1-9]\d{{6}}[{_USCC_LETTERS}]{{10}}",
                source="GB 32100-2015",
                check=_uscc_check,
                region=lambda compact: compact[2:8],
            ),
            _Kind(
                name="iban",
                title="International bank account number",
                example="XK34 9999 9999 9999 9999",
                form=r"[A-Z]{2}\d\d[0-9A-Z]{11,30}",
                looks=r"[A-Z]{2}\d\d(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,4})?",
                source="ISO 13616-1",
                print_=iban.format,
                check=_iban_check,
                known=_iban_known,
                region=lambda compact: compact[:2],
            ),
            _Kind(
                name="imei",
                title="Number of a mobile device (IMEI)",
                example="00-999999-999999-2",
                form=r"\d{15}",
                looks=r"\d\d-?\d{6}-?\d{6}-?\d",
                source="3GPP TS 23.003, annex B",
                print_=imei.format,
                check=luhn.is_valid,
            ),
            _Kind(
                name="lei",
                title="Legal entity identifier",
                example="9999009999999999XX22",
                form=r"[0-9A-Z]{18}\d\d",
                looks=r"[0-9A-Z]{18}\d\d",
                source="ISO 17442-1",
                check=lei.is_valid,
            ),
        ),
    )
)
