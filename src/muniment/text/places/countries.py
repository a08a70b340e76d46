"""Countries by ISO 3166-1, and former ones by ISO 3166-3, in the languages of such lists.

- Codes of two and three letters and of three digits, and names in `LANGUAGES`, come from Debian's
  iso-codes as pycountry carries them.
- A former country has the time of its withdrawal as its end; when it began, the list does not say.
"""

import gettext
from collections import Counter
from functools import cache

import pycountry

from muniment.text.fold import fold
from muniment.text.places.gazetteer import Gazetteer, GazetteerPlace, PlaceName, PlaceReading

# BCP 47 tag → name of the catalogue.
LANGUAGES = {
    "zh-Hans": "zh_CN", "zh-Hant": "zh_TW", "ug": "ug", "ru": "ru", "kk": "kk", "ky": "ky",
    "tr": "tr", "ar": "ar", "fa": "fa", "es": "es", "fr": "fr", "de": "de", "uk": "uk", "pt": "pt",
}  # fmt: skip
_SOURCE = "iso-codes"
# Names that lists use and the standard does not.
_EVERYDAY = {
    "AE": "UAE", "BN": "Brunei", "CI": "Ivory Coast", "CZ": "Czech Republic", "GB": "Britain",
    "KP": "North Korea", "KR": "South Korea", "LA": "Laos", "MK": "Macedonia", "RU": "Russia",
    "SY": "Syria", "SZ": "Swaziland", "TR": "Turkey", "US": "USA", "VN": "Vietnam",
}  # fmt: skip


def read_country(written: str, *, time: str | None = None) -> PlaceReading:
    """The country that `written` names, in any of the languages, or by a code."""
    return country_gazetteer().read(written, time=time)


@cache
def country_gazetteer() -> Gazetteer:
    """All countries, with codes of two letters as ids; former ones with codes of four."""
    once = _said_once()
    return Gazetteer(
        [
            *(_present(each, once) for each in pycountry.countries),
            *(_former(each) for each in pycountry.historic_countries),
        ]
    )


def _present(country: "pycountry.db.Country", once: frozenset[str]) -> GazetteerPlace:
    english = [
        country.name,
        getattr(country, "official_name", ""),
        getattr(country, "common_name", ""),
    ]
    short = country.name.partition(",")[0]
    if short in once:
        english.append(short)  # Iran, Islamic Republic of
    english.append(_EVERYDAY.get(country.alpha_2, ""))
    codes = (country.alpha_2, country.alpha_3, country.numeric)
    return GazetteerPlace(
        id=country.alpha_2,
        code=country.alpha_2,
        names=(
            *(PlaceName(name, "en") for name in dict.fromkeys(english) if name != ""),
            *(PlaceName(code) for code in codes),
            *_translated("iso3166-1", country.name),
        ),
        kind="country",
        source=_SOURCE,
    )


def _former(country: "pycountry.db.Country") -> GazetteerPlace:
    short = country.name.partition(",")[0]  # USSR, Union of Soviet Socialist Republics
    return GazetteerPlace(
        id=country.alpha_4,
        code=country.alpha_4,
        names=(
            *(PlaceName(name, "en") for name in dict.fromkeys((country.name, short))),
            *_translated("iso3166-3", country.name),
        ),
        kind="former-country",
        last=country.withdrawal_date,
        source=_SOURCE,
    )


def _translated(domain: str, english: str) -> tuple[PlaceName, ...]:
    found = ((tag, _catalogue(domain, name).gettext(english)) for tag, name in LANGUAGES.items())
    return tuple(PlaceName(name, tag) for tag, name in found if name != english)


@cache
def _catalogue(domain: str, name: str) -> gettext.NullTranslations:
    return gettext.translation(domain, pycountry.LOCALES_DIR, languages=[name], fallback=True)


def _said_once() -> frozenset[str]:
    """First parts of names that mean one country: Korea means two, Congo too."""
    counts = Counter(fold(each.name.partition(",")[0]) for each in pycountry.countries)
    return frozenset(
        first
        for each in pycountry.countries
        if counts[fold(first := each.name.partition(",")[0])] == 1
    )
