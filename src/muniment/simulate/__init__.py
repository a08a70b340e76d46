"""Writes a fictional county's police cache with a truth file: no real person, known answers.

The one public function is `simulate`; `docs/reference/simulated-leak.md` shows what it writes and
`docs/formats/truth-file.md` what the truth beside it says.
"""

from muniment.simulate.county_cache import simulate
from muniment.simulate.request import SimulationRequest, SimulationSummary

__all__ = ["SimulationRequest", "SimulationSummary", "simulate"]
