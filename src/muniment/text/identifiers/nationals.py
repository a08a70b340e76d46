"""The national numbers of people, country by country.

Examples are made up: their dates lie in 1899 where the number can say so, else in 1900, or their
serial numbers are of a kind that is not issued.
"""

import re
from collections.abc import Callable
from datetime import date

from stdnum import luhn, numdb
from stdnum.bg import egn
from stdnum.br import cpf
from stdnum.cz import rc
from stdnum.de import idnr as de_idnr
from stdnum.dk import cpr
from stdnum.ee import ik
from stdnum.es import dni
from stdnum.fr import nir
from stdnum.gr import amka
from stdnum.id import nik
from stdnum.it import codicefiscale
from stdnum.kr import rrn
from stdnum.lv import pvn
from stdnum.mx import curp
from stdnum.my import nric
from stdnum.no import fodselsnummer
from stdnum.pk import cnic
from stdnum.pl import pesel
from stdnum.ro import cnp
from stdnum.ru import inn
from stdnum.si import emso
from stdnum.tr import tckimlik

from muniment.text.identifiers.identifier import Catches, Identifier
from muniment.text.identifiers.national import National, identifier_of

_SPACES = re.compile(r"\s+")  # where other signs belong to the number
_SINGLE = frozenset({Catches.SINGLE})
_BOTH = frozenset({Catches.SINGLE, Catches.SWAP})


def _by_parity(at: int, *, odd: str = "M") -> Callable[[str], str | None]:
    """The sex that an odd digit at a place says, and the other one for an even digit."""
    even = "F" if odd == "M" else "M"
    return lambda number: odd if int(number[at]) % 2 == 1 else even


def _always(_number: str) -> bool:
    return True


def _named(table: str, first: int, last: int, *keys: str) -> Callable[[str], str | None]:
    """The name that a table of the library has for some digits of a number."""

    def name(number: str) -> str | None:
        rows = numdb.get(table).info(number[first:last])
        said = (stated[key] for key in keys for _, stated in rows if key in stated)
        return next(said, None)

    return name


def _of_1900(year: int, month: int, day: int) -> date:
    """A date of which two digits of the year stand; the century is inferred."""
    return date(1900 + year, month, day)


def _numbers(number: str, *lengths: int) -> tuple[int, ...]:
    """The first digits as numbers of these lengths."""
    found, at = [], 0
    for length in lengths:
        found.append(int(number[at : at + length]))
        at += length
    return tuple(found)


def _be_check(number: str) -> bool:
    """97 less the remainder, since 2000 with a 2 before the nine digits."""
    body, check = number[:9], int(number[9:])
    return any(97 - int(each) % 97 == check for each in (body, f"2{body}"))


def _be_born(number: str) -> date:
    year, month, day = _numbers(number, 2, 2, 2)
    later = 97 - int(f"2{number[:9]}") % 97 == int(number[9:])
    return date((2000 if later else 1900) + year, month % 20, day)


def _fi_check(number: str) -> bool:
    letters = "0123456789ABCDEFHJKLMNPRSTUVWXY"
    return letters[int(number[:6] + number[7:10]) % len(letters)] == number[10]


def _fi_born(number: str) -> date:
    day, month, year = _numbers(number, 2, 2, 2)
    century = 1800 if number[6] == "+" else 1900 if number[6] in "-YXWVU" else 2000
    return date(century + year, month, day)


def _ir_check(number: str) -> bool:
    rest = sum(int(number[at]) * (10 - at) for at in range(9)) % 11
    return int(number[9]) == (rest if rest < 2 else 11 - rest)  # noqa: PLR2004


def _kz_check(number: str) -> bool:
    """Weights 1 to 11; where that gives ten, weights 3 to 11, 1, 2; a second ten is not issued."""
    digits = [int(each) for each in number]
    found = sum(digit * (at + 1) for at, digit in enumerate(digits[:11])) % 11
    if found == 10:  # noqa: PLR2004
        found = sum(digit * ((at + 2) % 11 + 1) for at, digit in enumerate(digits[:11])) % 11
    return found == digits[11]


def _kz_born(number: str) -> date:
    year, month, day, century = _numbers(number, 2, 2, 2, 1)
    return date(1800 + (century - 1) // 2 * 100 + year, month, day)


def _it_sex(number: str) -> str | None:
    day = number[9:11]
    return codicefiscale.get_gender(number) if day.isdigit() else None


def _mx_state(number: str) -> str | None:
    return number[11:13] if number[11:13] in _MX_STATES else None


_KR_LAST_PLACE = 96  # of the codes of regions in which births are registered
# Clave de entidad federativa, with NE for those born abroad.
_MX_STATES = frozenset(
    {
        *("AS", "BC", "BS", "CC", "CH", "CL", "CM", "CS", "DF", "DG", "GR", "GT", "HG", "JC"),
        *("MC", "MN", "MS", "NE", "NL", "NT", "OC", "PL", "QR", "QT", "SL", "SP", "SR", "TC"),
        *("TL", "TS", "VZ", "YN", "ZS"),
    }
)


def _se_born(number: str) -> date:
    digits = number.replace("-", "").replace("+", "")
    year, month, day = _numbers(digits[-10:], 2, 2, 2)
    century = int(digits[:2]) * 100 if len(digits) > len("9001019999") else 1900
    if number[-5] == "+" and century == 1900:  # noqa: PLR2004
        century = 1800
    return date(century + year, month, day - 60 if day > 60 else day)  # noqa: PLR2004


def _se_digits(number: str) -> str:
    return number.replace("-", "").replace("+", "")[-10:]


def _cz_sex(number: str) -> str:
    return "F" if int(number[2:4]) > 50 else "M"  # noqa: PLR2004


def _id_sex(number: str) -> str:
    return "F" if int(number[6:8]) > 40 else "M"  # noqa: PLR2004


def _de_check(number: str) -> bool:
    return de_idnr.is_valid(number)


_KINDS = (
    National(
        name="be-national-number", title="National number (Belgium)", country="BE",
        example="00.01.01-999.45", form=r"\d{11}", looks=r"\d\d\.\d\d\.\d\d-\d{3}\.\d\d",
        print_=lambda n: f"{n[:2]}.{n[2:4]}.{n[4:6]}-{n[6:9]}.{n[9:]}",
        check=_be_check, born=_be_born, sex=_by_parity(8),
        no_date=lambda n: int(n[2:4]) % 20 == 0 or n[4:6] == "00",
    ),
    National(
        name="bg-civil-number", title="EGN (Bulgaria)", country="BG", example="9921019998",
        form=r"\d{10}", check=lambda n: egn.calc_check_digit(n[:-1]) == n[-1],
        born=egn.get_birth_date, sex=_by_parity(8, odd="F"),
    ),
    National(
        name="br-cpf", title="CPF (Brazil)", country="BR", example="999.999.998-08",
        form=r"\d{11}", looks=r"\d{3}\.\d{3}\.\d{3}-\d\d",
        print_=cpf.format, check=cpf.is_valid,
    ),
    National(
        name="cz-birth-number", title="Birth number (Czechia, Slovakia)", country="CZ",
        example="540101/9998", form=r"\d{9,10}", looks=r"\d{6}/\d{3,4}", print_=rc.format,
        check=lambda n: len(n) == len("540101999") or str(int(n[:-1]) % 11 % 10) == n[-1],
        born=rc.get_birth_date, sex=_cz_sex,
    ),
    National(
        name="de-tax-number", title="Tax identification number (Germany)", country="DE",
        example="99123456783", form=r"[1-9]\d{10}", looks=r"\d\d \d{3} \d{3} \d{3}",
        print_=de_idnr.format, check=_de_check,
    ),
    National(
        name="dk-personal-number", title="CPR number (Denmark)", country="DK",
        example="010100-9998", form=r"\d{10}", looks=r"\d{6}-\d{4}", print_=cpr.format,
        check=lambda n: cpr.checksum(n) == 0, born=cpr.get_birth_date, sex=_by_parity(9),
        newer_lack_it="Numbers issued since October 2007 need not agree",
    ),
    National(
        name="ee-personal-code", title="Isikukood (Estonia)", country="EE", example="19901019990",
        form=r"[1-8]\d{10}", check=lambda n: ik.calc_check_digit(n) == n[-1],
        born=ik.get_birth_date, sex=ik.get_gender,
    ),
    National(
        name="es-identity-number", title="DNI (Spain)", country="ES", example="99999999R",
        form=r"\d{8}[A-Z]", looks=r"\d{8}-[A-Z]",
        check=lambda n: dni.calc_check_digit(n[:-1]) == n[-1], catches=_BOTH,
    ),
    National(
        name="fi-identity-code", title="Personal identity code (Finland)", country="FI",
        example="010199+9920", form=r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]", gaps=_SPACES,
        check=_fi_check, born=_fi_born, sex=_by_parity(9), catches=_SINGLE,
    ),
    National(
        name="fr-social-number", title="NIR (France)", country="FR",
        example="1 00 01 99 999 999 80", form=r"[12]\d{4}[\dAB]\d{9}",
        looks=r"[12] \d\d \d\d [\dAB]{2} \d{3} \d{3} \d\d", print_=nir.format,
        check=lambda n: nir.calc_check_digits(n) == n[13:],
        sex=lambda n: "M" if n[0] == "1" else "F", catches=_SINGLE,
    ),
    National(
        name="gr-amka", title="AMKA (Greece)", country="GR", example="01010099909",
        form=r"\d{11}", check=luhn.is_valid,
        born=lambda n: _of_1900(*reversed(_numbers(n, 2, 2, 2))), short_year=_always,
        sex=amka.get_gender, catches=_SINGLE,
    ),
    National(
        name="id-nik", title="NIK (Indonesia)", country="ID", example="3100 0001 0100 0000",
        form=r"\d{16}", looks=r"\d{4} \d{4} \d{4} \d{4}",
        print_=lambda n: f"{n[:4]} {n[4:8]} {n[8:12]} {n[12:]}",
        born=nik.get_birth_date, short_year=_always, sex=_id_sex,
        region=_named("id/loc", 0, 4, "city"),
    ),
    National(
        name="ir-national-code", title="National code (Iran)", country="IR",
        example="999-999990-5", form=r"\d{10}", looks=r"\d{3}-\d{6}-\d",
        print_=lambda n: f"{n[:3]}-{n[3:9]}-{n[9]}", check=_ir_check,
    ),
    National(
        name="it-fiscal-code", title="Codice fiscale (Italy)", country="IT",
        example="XXXXXX00A01Z999O",
        form=r"[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]",
        check=lambda n: codicefiscale.calc_check_digit(n[:-1]) == n[-1],
        born=lambda n: codicefiscale.get_birth_date(n, 1900), short_year=_always, sex=_it_sex,
        catches=_SINGLE,
    ),
    National(
        name="kr-resident-number", title="Resident registration number (Korea)", country="KR",
        example="990101-9999906", form=r"\d{13}", looks=r"\d{6}-\d{7}", print_=rrn.format,
        check=lambda n: rrn.calc_check_digit(n[:-1]) == n[-1], born=rrn.get_birth_date,
        sex=_by_parity(6), region=lambda n: n[7:9] if int(n[7:9]) <= _KR_LAST_PLACE else None,
        newer_lack_it="Numbers issued since October 2020 need not agree",
    ),
    National(
        name="kz-individual-number", title="IIN (Kazakhstan)", country="KZ",
        example="990101199991", form=r"\d{6}[1-6]\d{5}", check=_kz_check, born=_kz_born,
        sex=_by_parity(6),
    ),
    National(
        name="lt-personal-code", title="Asmens kodas (Lithuania)", country="LT",
        example="19901019990", form=r"[1-69]\d{10}",
        check=lambda n: ik.calc_check_digit(n) == n[-1], born=ik.get_birth_date,
        sex=lambda n: None if n[0] == "9" else ik.get_gender(n), no_date=lambda n: n[0] == "9",
    ),
    National(
        name="lv-personal-code", title="Personas kods (Latvia)", country="LV",
        example="010199-09906", form=r"[0-3]\d{10}", looks=r"\d{6}-\d{5}",
        print_=lambda n: f"{n[:6]}-{n[6:]}",
        check=lambda n: pvn.calc_check_digit_pers(n[:-1]) == n[-1], born=pvn.get_birth_date,
        no_date=lambda n: n.startswith("32"),
    ),
    National(
        name="mx-curp", title="CURP (Mexico)", country="MX", example="XXXX000101HNEXXX07",
        form=r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[0-9A-Z]\d",
        check=lambda n: curp.calc_check_digit(n) == n[-1], born=curp.get_birth_date,
        sex=curp.get_gender, region=_mx_state,
    ),
    National(
        name="my-identity-number", title="NRIC (Malaysia)", country="MY",
        example="000101-01-9999", form=r"\d{12}", looks=r"\d{6}-\d\d-\d{4}", print_=nric.format,
        born=nric.get_birth_date, short_year=_always, sex=_by_parity(11),
        region=_named("my/bp", 6, 8, "state", "country"),
    ),
    National(
        name="no-birth-number", title="Fødselsnummer (Norway)", country="NO",
        example="010199 74940", form=r"\d{11}", looks=r"\d{6} \d{5}", print_=fodselsnummer.format,
        check=lambda n: fodselsnummer.calc_check_digit1(n) + fodselsnummer.calc_check_digit2(n)
        == n[-2:],
        born=fodselsnummer.get_birth_date, sex=fodselsnummer.get_gender,
        no_date=lambda n: n[0] in "89", catches=_SINGLE,
    ),
    National(
        name="pk-identity-card", title="CNIC (Pakistan)", country="PK",
        example="99999-9999999-9", form=r"\d{13}", looks=r"\d{5}-\d{7}-\d", print_=cnic.format,
        sex=cnic.get_gender, region=cnic.get_province,
    ),
    National(
        name="pl-pesel", title="PESEL (Poland)", country="PL", example="99810199903",
        form=r"\d{11}", check=lambda n: pesel.calc_check_digit(n[:-1]) == n[-1],
        born=pesel.get_birth_date, sex=pesel.get_gender, catches=_SINGLE,
    ),
    National(
        name="ro-personal-code", title="CNP (Romania)", country="RO", example="3990101419902",
        form=r"[1-9]\d{12}", check=lambda n: cnp.calc_check_digit(n[:-1]) == n[-1],
        born=cnp.get_birth_date, sex=_by_parity(0), region=cnp.get_county,
        no_date=lambda n: n[0] in "789",
    ),
    National(
        name="ru-tax-number", title="INN of a person (Russia)", country="RU",
        example="999999999950", form=r"\d{12}",
        check=lambda n: inn.calc_personal_check_digits(n) == n[-2:],
    ),
    National(
        name="se-personal-number", title="Personnummer (Sweden)", country="SE",
        example="18990101-9902", form=r"(?:\d\d)?\d{6}[-+]\d{4}|\d{12}", gaps=_SPACES,
        check=lambda n: luhn.is_valid(_se_digits(n)), born=_se_born,
        sex=lambda n: "M" if int(n[-2]) % 2 == 1 else "F",
        short_year=lambda n: len(n) <= len("990101-9999"),
    ),
    National(
        name="si-emso", title="EMŠO or JMBG (Slovenia and its neighbours)", country="SI",
        example="0101899999909", form=r"\d{13}",
        check=lambda n: emso.calc_check_digit(n) == n[-1], born=emso.get_birth_date,
        sex=emso.get_gender,
    ),
    National(
        name="tr-identity-number", title="T.C. kimlik no. (Türkiye)", country="TR",
        example="99999999990", form=r"[1-9]\d{10}",
        check=lambda n: tckimlik.calc_check_digits(n) == n[-2:], catches=_SINGLE,
    ),
    National(
        name="za-identity-number", title="Identity number (South Africa)", country="ZA",
        example="000101 9999 00 0", form=r"\d{10}[012]\d\d",
        looks=r"\d{6} \d{4} \d{2} \d", print_=lambda n: f"{n[:6]} {n[6:10]} {n[10:12]} {n[12:]}",
        check=luhn.is_valid, born=lambda n: _of_1900(*_numbers(n, 2, 2, 2)), short_year=_always,
        sex=lambda n: "F" if n[6] in "01234" else "M", catches=_SINGLE,
    ),
)  # fmt: skip

NATIONALS: tuple[Identifier, ...] = tuple(map(identifier_of, _KINDS))
