"""The embedded engine keeps the contract, and tells an index of another format."""

from pathlib import Path

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
