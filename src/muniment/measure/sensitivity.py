"""The same method under other settings: what the answer owes to choices nobody can check.

- Each curve keeps the setting beside its outcome, so that a plot needs nothing else.
"""

from collections.abc import Sequence

import msgspec

from muniment.measure.decomposable import graphs
from muniment.measure.estimators import Request
from muniment.measure.result import Outcome
from muniment.measure.table import OverlapTable

DELTAS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)  # in units of 2^-k, the default
CLASSES = (3, 5, 10, 20)


class Setting(msgspec.Struct, frozen=True, eq=False):
    """One setting and what the method said under it."""

    name: str
    value: float
    outcome: Outcome


def prior_weight(
    table: OverlapTable, deltas: Sequence[float] = DELTAS, level: float = 0.95
) -> tuple[Setting, ...]:
    """The graph method under prior weights of these multiples of 2^-k on every pattern.

    Madigan and York (1997, Biometrika 84:19-31, section 3): the hyper-Dirichlet's delta.
    """
    unit = 2.0 ** -len(table.lists)
    return tuple(
        Setting("delta", d * unit, graphs(table, level, delta=d * unit)) for d in sorted(deltas)
    )


def number_of_classes(
    table: OverlapTable, classes: Sequence[int] = CLASSES, request: Request | None = None
) -> tuple[Setting, ...]:
    """The latent-class method with these largest numbers of classes K.

    Manrique-Vallier (2016, Biometrics 72:1246-1254, section 3): the sticks end at K.
    """
    # Numba takes a second to load: only this method needs it
    from muniment.measure.latent import latent_class  # noqa: PLC0415

    asked = Request() if request is None else request
    return tuple(
        Setting(
            "classes",
            float(number),
            latent_class(
                table,
                asked.level,
                seed=asked.seed,
                chains=asked.chains,
                draws=asked.draws,
                classes=number,
            ),
        )
        for number in sorted(classes)
    )
