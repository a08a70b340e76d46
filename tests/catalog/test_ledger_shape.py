"""A ledger of another version: left alone by who looks, made again by who processes."""

import importlib
import pkgutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import muniment.catalog
from muniment.catalog import Ledger
from muniment.catalog.ledger_shape import shape, shape_of
from muniment.catalog.tables import METADATA
from muniment.core import UsageError


def test_every_table_is_known_when_the_room_is() -> None:
    known = set(METADATA.tables)
    for module in pkgutil.walk_packages(muniment.catalog.__path__, "muniment.catalog."):
        importlib.import_module(module.name)
    assert set(METADATA.tables) == known


def test_a_new_ledger_is_of_this_shape_and_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    Ledger(path).close()
    assert shape_of(path) == shape()
    Ledger(path).close()


def test_a_ledger_of_another_shape_is_left_to_processing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE objects (digest TEXT)")
        database.execute("INSERT INTO objects VALUES ('old')")
        database.commit()
    with pytest.raises(UsageError, match="another version"):
        Ledger(path)
    assert shape_of(path) == 0
    Ledger(path, renew=True).close()
    assert shape_of(path) == shape()
