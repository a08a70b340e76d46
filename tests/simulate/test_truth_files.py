import hashlib
import os
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.simulate.conftest import Leak
from tests.simulate.walking import children

Chain = tuple[tuple[bytes, int], ...]


def chain_of(line: dict[str, Any]) -> Chain:
    return tuple(
        (
            bytes.fromhex(step["raw"]) if "raw" in step else step["name"].encode(),
            step.get("index", -1),
        )
        for step in line["chain"]
    )


def delivered(leak: Leak) -> dict[bytes, bytes]:
    """Every file that lies in the delivery: path as bytes, content."""
    root = os.fsencode(leak.summary.leak)
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as opened:
                found[os.path.relpath(path, root)] = opened.read()
    return found


@pytest.fixture(scope="session")
def walked(leak: Leak) -> dict[Chain, str]:
    """Every file that can be reached from the delivery, with its digest."""
    lines = {chain_of(line): line for line in leak.lines("files.jsonl")}
    found: dict[Chain, str] = {}
    waiting: list[tuple[Chain, bytes]] = [
        (((path, -1),), data) for path, data in delivered(leak).items()
    ]
    while waiting:
        chain, data = waiting.pop()
        found[chain] = hashlib.sha256(data).hexdigest()
        if chain in lines:
            inside = children(lines[chain], data)
            waiting += [((*chain, (name, index)), content) for name, index, content in inside]
    return found


def test_the_truth_and_the_delivery_hold_the_same_files(
    leak: Leak, walked: dict[Chain, str]
) -> None:
    told = {chain_of(line): line["sha256"] for line in leak.lines("files.jsonl")}
    refused = {
        chain_of(line)
        for line in leak.lines("files.jsonl")
        if line["state"] == "refused" and chain_of(line) not in walked
    }
    assert set(walked) - set(told) == set(), "in the delivery but not in the truth"
    assert set(told) - set(walked) - refused == set(), "in the truth but not in the delivery"
    assert {chain: told[chain] for chain in walked} == walked


def test_files_are_dated_within_the_time_of_the_cache(leak: Leak) -> None:
    root = os.fsencode(leak.summary.leak)
    for line in leak.lines("files.jsonl"):
        if len(line["chain"]) == 1:
            written = os.stat(os.path.join(root, chain_of(line)[0][0])).st_mtime
            assert written == line["modified"]
            assert datetime(2017, 3, 1, tzinfo=UTC).timestamp() <= written
            assert written < datetime(2018, 12, 31, tzinfo=UTC).timestamp()


def test_every_file_has_one_line(leak: Leak) -> None:
    chains = Counter(chain_of(line) for line in leak.lines("files.jsonl"))
    assert [chain for chain, times in chains.items() if times > 1] == []


def test_the_summary_counts_the_files_by_kind_and_state(leak: Leak) -> None:
    lines = leak.lines("files.jsonl")
    assert leak.totals["files_by_kind"] == dict(Counter(line["kind"] for line in lines))
    assert leak.totals["files_by_state"] == dict(Counter(line["state"] for line in lines))
    assert leak.summary.files == len(lines)


def test_every_state_occurs(leak: Leak) -> None:
    states = {line["state"] for line in leak.lines("files.jsonl")}
    assert states == {"read", "empty", "locked", "refused", "unreadable"}


def test_texts_decode_as_the_truth_says(leak: Leak) -> None:
    files = delivered(leak)
    seen = set()
    for line in leak.lines("files.jsonl"):
        if len(line["chain"]) > 1 or line["media_type"] != "text/plain" or "text" not in line:
            continue
        assert files[chain_of(line)[0][0]].decode(line["encoding"]) == line["text"]
        seen.add(line["encoding"])
    assert {"gb18030", "utf-8", "utf-8-sig", "utf-16", "cp1251"} <= seen


def test_no_identity_number_of_any_other_county_is_in_the_delivery(leak: Leak) -> None:
    text = (leak.summary.truth / "people.csv").read_text(encoding="utf-8")
    numbers = {row.split(",")[14] for row in text.splitlines()[1:]}
    assert all(number.startswith("659999") for number in numbers)
    assert len(numbers) == 250


# Names that stand in public documents on the region: officials of high rank, none a victim.
PUBLIC_NAMES = ("陈全国", "朱海仑", "赵克志", "习近平", "王君正", "雪克来提·扎克尔", "努尔·白克力")


def test_no_public_official_is_named(leak: Leak) -> None:
    people = (leak.summary.truth / "people.csv").read_text(encoding="utf-8")
    files = (leak.summary.truth / "files.jsonl").read_text(encoding="utf-8")
    assert [name for name in PUBLIC_NAMES if name in people or name in files] == []


def test_planted_errors_point_at_files_that_exist(leak: Leak) -> None:
    shown = {line["chain"][0]["name"] for line in leak.lines("files.jsonl")}
    for planted in leak.lines("planted.jsonl"):
        where = planted["where"].split("#sheet=")[0]
        assert where in shown or "\\x" in where or "文件名" in where, planted
