"""Overlap tables printed in papers, typed in as oracles, and the tables kept elsewhere."""

import csv
import os
from pathlib import Path

import pytest

from muniment.measure import table as tables
from muniment.measure.table import OverlapTable

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("MUNIMENT_DATA", ROOT.parent / "shared" / "data")) / "mse"

needs_data = pytest.mark.skipif(
    not DATA.is_dir(),
    reason=f"the reference tables of multiple systems estimation are not at {DATA}",
)


def typed(lists: str, rows: dict[str, int]) -> OverlapTable:
    """A table typed as {"110": count}, one digit a list."""
    names = lists.split()
    return tables.from_patterns(
        names,
        (
            (tuple(n for n, digit in zip(names, pattern, strict=True) if digit == "1"), count)
            for pattern, count in rows.items()
        ),
    )


# Hepatitis A in northern Taiwan, 1995: Chao, Tsay, Lin, Shau and Chao (2001), Statistics in
# Medicine 20:3123, table I. Lists: P serum test, Q doctors, E questionnaire.
HEPATITIS = typed(
    "P Q E",
    {"100": 69, "010": 55, "001": 63, "110": 21, "101": 17, "011": 18, "111": 28},
)

# Victims of slavery in the United Kingdom, 2013: Bales, Hesketh and Silverman (2015),
# Significance 12(3):16, table 1; with PF and NCA merged as in Chan, Silverman and Vincent (2021).
UK_5 = typed(
    "LA NG PFNCA GO GP",
    {
        "10000": 54, "01000": 463, "00100": 995, "00010": 695, "00001": 316,
        "11000": 15, "10100": 19, "10010": 3, "01100": 62, "01010": 19, "01001": 1,
        "00110": 76, "00101": 11, "00011": 8, "11100": 1, "11010": 1, "01110": 4, "11110": 1,
    },
)  # fmt: skip

# Killings in Kosovo, March to June 1999: Ball, Betts, Scheuren, Dudukovich and Asher (2002),
# Killings and Refugee Flow in Kosovo, appendix 2, summed over strata.
KOSOVO = typed(
    "EXH ABA OSCE HRW",
    {
        "1000": 1131, "0100": 845, "0010": 936, "0001": 306, "1100": 177, "1010": 228,
        "1001": 106, "0110": 217, "0101": 31, "0011": 123, "1110": 181, "1101": 18,
        "1011": 42, "0111": 32, "1111": 27,
    },
)  # fmt: skip

# Spina bifida in upstate New York, 1969-74: Hook, Albright and Cross (1980), American Journal of
# Epidemiology 112:750. Lists: birth, death certificates, medical rehabilitation.
SPINA_BIFIDA = typed(
    "B D M",
    {"100": 244, "010": 48, "001": 60, "110": 142, "101": 111, "011": 4, "111": 12},
)

# No bridge between C and the others: every method must refuse. Made up.
APART = typed("A B C", {"100": 40, "010": 30, "001": 20, "110": 6})


def kept(name: str) -> OverlapTable:
    """One of the tables kept beside the project."""
    with (DATA / f"{name}.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    return tables.from_rows(header, rows)


def reference(name: str) -> list[dict[str, str]]:
    """The rows of a reference run kept beside the project; none where it is absent."""
    if not DATA.is_dir():
        return []
    with (DATA / "reference" / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))
