"""The embedded engine keeps the contract, and tells an index of another format."""

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from muniment.catalog import SearchEngine, parse_query
from muniment.catalog.searching.embedded import EmbeddedEngine
from muniment.catalog.searching.engine import Window
from muniment.core import UsageError
from tests.catalog.searching.contract import SearchEngineContract


class TestEmbedded(SearchEngineContract):
    @pytest.fixture(autouse=True)
    def _engine(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "index"
        self.engine = EmbeddedEngine(self.folder)
        self.engine.clear()

    def reopened(self) -> SearchEngine:
        self.engine.close()
        return EmbeddedEngine(self.folder)


def test_an_index_of_another_format_is_not_read(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    assert not engine.is_current()
    engine.clear()
    (tmp_path / "muniment.json").write_text('{"format":1}')
    assert not EmbeddedEngine(tmp_path).is_current()
    with pytest.raises(UsageError, match="no index of this version"):
        EmbeddedEngine(tmp_path).search(parse_query("word"), Window())


def test_a_borrowed_folder_goes_though_the_lock_comes_back_while_it_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    EmbeddedEngine(tmp_path / "index").clear()
    borrowed = tmp_path / "borrowed"
    borrowed.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(borrowed))
    monkeypatch.setattr(os, "access", lambda *_: False)
    removed, coming = os.rmdir, [1, 2]

    def rmdir(path: str, *arguments: object, **named: Any) -> None:
        if len(coming) > 0:
            coming.pop()
            (next(borrowed.iterdir()) / ".tantivy-meta.lock").touch()
        removed(path, *arguments, **named)

    engine = EmbeddedEngine(tmp_path / "index")
    assert engine.search(parse_query("word"), Window()).total == 0
    monkeypatch.setattr(os, "rmdir", rmdir)
    engine.close()
    assert coming == []
    assert list(borrowed.iterdir()) == []
