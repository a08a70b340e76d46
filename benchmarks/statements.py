"""Measures a large list from its laid-out table to statements on the disk, in one process.

    python benchmarks/statements.py                  300,000 rows × 20 columns; 1 GB of scratch
    python benchmarks/statements.py 30000            rows

Prints CPU seconds, of all threads, and the peak of memory: opening the table, proposing a mapping,
applying it, writing statements, entities and misfits. What is laid out before that is not counted.
The goal: under 60 s and 2 GB from the laid-out table to the last file.
"""

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from muniment.catalog.facts.flat import write_applied
from muniment.catalog.facts.opening import table_of_sheet
from muniment.catalog.sheets.laying import gather, lay_out
from muniment.catalog.sheets.sheet import open_laid_out
from muniment.catalog.sheets.spool import Spool
from muniment.core import Cell, CellArea, CellKind, digest_of
from muniment.facts import apply_mapping, mapping_of, propose

_HEADERS = (
    "序号", "姓名", "性别", "民族", "出生日期", "身份证号", "户籍地址", "联系电话",
    "文化程度", "职业", "工作单位", "状态", "收押原因", "羁押场所", "羁押日期",
    "刑期（年）", "判决法院", "罪名", "备注", "曾用名",
)  # fmt: skip
_DIGEST = digest_of(b"a list that nobody wrote")
Result = TypeVar("Result")


def cells(rows: int) -> Iterator[Cell]:
    """Headers, then people who do not exist; numbers, names and telephones are all different."""
    rng = random.Random(7)
    for column, header in enumerate(_HEADERS, 1):
        yield Cell(CellArea(1, column, "名单"), CellKind.TEXT, header)
    for row in range(2, rows + 2):
        birth = 15_000 + rng.randrange(20_000)
        texts = (
            f"姓{row % 97}名{row}", "男女"[row % 2], ("维吾尔族", "汉族", "哈萨克族")[row % 3], "",
            f"6599991987{rng.randrange(10**8):08d}", f"虚谷县空桥镇{rng.randrange(2_000)}村",
            f"139{rng.randrange(10**8):08d}", ("小学", "初中", "高中")[row % 3], "农民",
            f"单位{row % 500}", "收押", f"原因{row % 40}", f"第{row % 9}教培中心", "",
            str(row % 20), f"法院{row % 30}", f"罪名{row % 60}", f"备注{row % 1_000}",
            f"又名{row % 5_000}",
        )  # fmt: skip
        yield Cell(CellArea(row, 1, "名单"), CellKind.NUMBER, str(row - 1))
        for column, text in enumerate(texts, 2):
            at = CellArea(row, column, "名单")
            if text == "":
                shown = f"{1950 + birth % 50}-0{1 + birth % 9}-1{birth % 10}"
                yield Cell(at, CellKind.DATE, str(birth), shown)
            else:
                yield Cell(at, CellKind.TEXT, text)


def measured(what: str, make: Callable[[], Result]) -> Result:
    """Do it, and print what it cost."""
    before = time.process_time()
    result = make()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{what:<12} {time.process_time() - before:7.1f} CPU s   peak {peak:.2f} GB", flush=True)
    return result


def laid_out(rows: int, folder: Path) -> Path:
    path = folder / "table.sheets"
    with Spool(folder) as spool, path.open("wb") as file:
        gather(cells(rows), spool)
        lay_out(spool, "benchmark", file)
    return path


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    with tempfile.TemporaryDirectory() as folder:
        path = measured("(lay out)", lambda: laid_out(rows, Path(folder)))
        before = time.process_time()
        table = measured(
            "open", lambda: table_of_sheet(open_laid_out(_DIGEST, path, "benchmark", "名单"))
        )
        proposal = measured("propose", lambda: propose(table))
        mapping = mapping_of(proposal, "benchmark")
        applied = measured(
            "apply", lambda: apply_mapping(table, mapping, proposal.layout, "0" * 64)
        )
        measured("write", lambda: write_applied(Path(folder) / "tables", "batch", [applied]))
        size = sum(each.stat().st_size for each in Path(folder).glob("tables/*/*"))
        print(f"in all       {time.process_time() - before:7.1f} CPU s")
        print(
            f"{applied.counts['statements']:,} statements, {size / 1e6:,.0f} MB; {applied.unread}"
        )


if __name__ == "__main__":
    main()
