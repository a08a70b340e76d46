"""The day on which an object first came: by itself, or inside something, however deep."""

from pathlib import Path
from typing import Any

from sqlalchemy import insert

from muniment.catalog.custody import INTAKES
from muniment.catalog.facts.arrived import first_day_of
from muniment.catalog.ledger import Ledger
from muniment.catalog.tables import CONTAINMENTS, DELIVERIES


def _delivery(seq: int, digest: str, intake: str) -> dict[str, Any]:
    return {"seq": seq, "digest": digest, "intake": intake, "name": "", "raw_name": b""}


def _inside(parent: str, digest: str) -> dict[str, Any]:
    texts = dict.fromkeys(("relation", "name", "place"), "")
    rest = {"number": 0, "position": 0, "raw_name": b"", "stated": "{}"}
    return {"parent": parent, "digest": digest, **texts, **rest}


def test_an_object_is_as_old_as_its_first_delivery_in_whatever_it_lay(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    days = {"old": "2018-03-05T10:00:00Z", "middle": "2019-01-01T00:00:00Z", "new": "2020-07-07"}
    with ledger.engine.begin() as connection:
        for start, (intake, started) in enumerate(days.items()):
            row = {"intake": intake, "start": start, "started": started, "actor": "", "stated": ""}
            connection.execute(insert(INTAKES).values(row))
        for seq, (digest, intake) in enumerate(
            [("table", "new"), ("table", "middle"), ("zip", "old"), ("other", "new")]
        ):
            connection.execute(insert(DELIVERIES).values(_delivery(seq, digest, intake)))
        assert first_day_of(connection, "table") == "2019-01-01"
        for parent, digest in (("zip", "mail"), ("mail", "table"), ("table", "zip")):
            connection.execute(insert(CONTAINMENTS).values(_inside(parent, digest)))
        assert first_day_of(connection, "table") == "2018-03-05"  # also where circles are stated
        assert first_day_of(connection, "other") == "2020-07-07"
        assert first_day_of(connection, "nobody's") == ""
    ledger.close()
