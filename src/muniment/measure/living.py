"""Estimates of more people than live are refused: thin overlaps carry a model there."""

import functools
from collections.abc import Callable
from typing import ParamSpec

from muniment.measure.result import Estimate, Outcome, Refusal
from muniment.measure.table import MOST_PEOPLE

Asked = ParamSpec("Asked")


def of_the_living(estimator: Callable[Asked, Outcome]) -> Callable[Asked, Outcome]:
    """The same estimator; a total above `MOST_PEOPLE` is a refusal that says so."""

    @functools.wraps(estimator)
    def answer(*arguments: Asked.args, **named: Asked.kwargs) -> Outcome:
        outcome = estimator(*arguments, **named)
        if isinstance(outcome, Estimate) and outcome.total > MOST_PEOPLE:
            reason = f"its model ({outcome.model}) ends at {outcome.total:,.0f}: more than live"
            return Refusal(outcome.method, outcome.observed, (reason, *outcome.warnings))
        return outcome

    return answer
