"""The engine of a team's server keeps the contract, on a real server."""

from collections.abc import Iterator

import pytest

pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")

from muniment.catalog import SearchEngine, Window, parse_query
from muniment.catalog.searching.postgres import PostgresEngine
from muniment.core import UsageError
from tests.catalog.searching.contract import A, SearchEngineContract, entry
from tests.catalog.searching.postgres_server import server

_CASE = "0" * 32


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with server() as running:
        yield running


class TestPostgres(SearchEngineContract):
    @pytest.fixture(autouse=True)
    def _engine(self, address: str) -> Iterator[None]:
        self.address = address
        self.engine = PostgresEngine(address, _CASE)
        self.engine.clear()
        yield
        self.engine.close()

    def reopened(self) -> SearchEngine:
        self.engine.close()
        return PostgresEngine(self.address, _CASE)


def test_cases_on_one_server_know_nothing_of_each_other(address: str) -> None:
    one, other = PostgresEngine(address, "1" * 32), PostgresEngine(address, "2" * 32)
    assert not one.is_current()
    one.clear()
    other.clear()
    one.put([entry(A)])
    assert one.search(parse_query("公安"), Window()).total == 1
    assert other.search(parse_query("公安"), Window()).total == 0
    one.close()
    other.close()


def test_a_server_that_is_not_there_is_an_error_with_a_next_step() -> None:
    engine = PostgresEngine("postgresql://tester@/postgres?host=/nonexistent", _CASE)
    with pytest.raises(UsageError, match="does not answer"):
        engine.is_current()
