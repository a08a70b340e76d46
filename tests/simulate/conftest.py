"""One small simulated leak, written once a session and only read by the tests."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from muniment.simulate import SimulationRequest, SimulationSummary, simulate


class Leak(msgspec.Struct, frozen=True):
    """A written leak and its truth, with the lines a test asks for most."""

    summary: SimulationSummary

    def lines(self, name: str) -> list[dict[str, Any]]:
        text = (self.summary.truth / name).read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    @property
    def totals(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads((self.summary.truth / "truth.json").read_bytes())
        return loaded

    def path(self, name: str) -> Path:
        return self.summary.leak / name


@pytest.fixture(scope="session")
def leak(tmp_path_factory: pytest.TempPathFactory) -> Leak:
    out = tmp_path_factory.mktemp("simulated") / "leak"
    return Leak(simulate(SimulationRequest(seed=7, people=250, out=out)))
