"""The share of a population that a register says something about, and what is not known of it.

- Blanks are bounded, not guessed: the share lies between the case that no blank has the property
  and the case that every one has (Manski 1989, Journal of Human Resources 24:343; 2003, Partial
  Identification of Probability Distributions, ch. 1).
- People of the population who are not in the register are blanks too.
- The share among the known is the answer only if blanks are like the known; it is labelled so.
- A register counted whole has no sampling error, and the record says that instead of an interval.

    having | not having | blank | absent from the register
    <------- people in the register -----> <-- absent --->
    <------------------- population --------------------->
"""

import msgspec

from muniment.measure.errors import RequestError
from muniment.measure.intervals import clopper_pearson, wilson
from muniment.measure.table import whole_count

NO_SAMPLING = (
    "The register was counted whole: there is no sampling error, and no sampling interval is given."
)


class LinkageError(msgspec.Struct, frozen=True):
    """Ranges of linkage error among the people found to have the property, as fractions."""

    false: tuple[float, float]  # of the links made, those that join different people
    missed: tuple[float, float]  # of the links there are, those not made


class Share(msgspec.Struct, frozen=True):
    """A share of a population, with everything that bounds it; shares are fractions."""

    estimand: str
    having: int  # people
    people: int  # in the register
    blank: int  # of them with nothing said
    absent: int  # of the population, not in the register
    coverage: float  # people / population
    bounds: tuple[float, float]  # of the population, blanks and absent people free (Manski)
    among_known: float | None  # having / (people - blank); None when nothing is known
    linkage: tuple[float, float] | None  # band of the lower bound for the given linkage errors
    wilson: tuple[float, float] | None  # of the share among the known, for a random sample
    clopper_pearson: tuple[float, float] | None
    sampling: str  # what stands in place of an interval, or how it was drawn
    cells: tuple[str, ...] = ()  # where each person having the property was counted

    @property
    def population(self) -> int:
        """The people of the population."""
        return self.people + self.absent

    def sentence(self) -> str:
        """The share in words, bounds first."""
        low, high = self.bounds
        text = (
            f"{self.estimand}: {self.having:,} of {self.population:,} people are known "
            f"({low:.1%}); with {self.blank:,} blanks and {self.absent:,} people absent from the "
            f"register (which covers {self.coverage:.1%}) the share lies between {low:.1%} and "
            f"{high:.1%}."
        )
        if self.among_known is not None:
            text += f" If the unknown are like the known it is {self.among_known:.1%}."
        if self.linkage is not None:
            text += (
                f" Linkage errors of the stated size move the known share to "
                f"{self.linkage[0]:.1%} to {self.linkage[1]:.1%}."
            )
        if self.wilson is not None and self.clopper_pearson is not None:
            text += (
                f" Sampling interval of the share among the known, Wilson {self.wilson[0]:.1%} to "
                f"{self.wilson[1]:.1%}, Clopper-Pearson {self.clopper_pearson[0]:.1%} to "
                f"{self.clopper_pearson[1]:.1%}."
            )
        return f"{text} {self.sampling}"


def share(  # noqa: PLR0913 - keyword-only parts of one count
    estimand: str,
    *,
    having: int,
    people: int,
    blank: int = 0,
    absent: int = 0,
    linkage: LinkageError | None = None,
    sample: str | None = None,
    level: float = 0.95,
    cells: tuple[str, ...] = (),
) -> Share:
    """The share of a population having a property, with its bounds.

    [y / N, (y + blank + absent) / N] holds the share whatever the blanks are (Manski 1989, Journal
    of Human Resources 24:343-360).
    `sample` says how the register's people were drawn from the population at random; without it the
    register counts as whole. `cells` cites each person counted and must be as many as `having`.
    """
    _check(estimand, having, people, blank, absent)
    if len(cells) not in (0, having):
        raise RequestError(f"{len(cells)} cells are cited for {having} people counted")
    population = people + absent
    known = people - blank
    drawn = sample is not None and known > 0
    return Share(
        estimand=estimand.strip(),
        having=having,
        people=people,
        blank=blank,
        absent=absent,
        coverage=people / population,
        bounds=(having / population, (having + blank + absent) / population),
        among_known=having / known if known > 0 else None,
        linkage=None if linkage is None else _band(having, population, linkage),
        wilson=wilson(having, known, level) if drawn else None,
        clopper_pearson=clopper_pearson(having, known, level) if drawn else None,
        sampling=NO_SAMPLING if sample is None else f"Drawn: {sample.strip()}.",
        cells=cells,
    )


def _band(having: int, population: int, linkage: LinkageError) -> tuple[float, float]:
    """The share when the true number is links (1 - false) / (1 - missed), over both ranges."""
    for low, high in (linkage.false, linkage.missed):
        if not 0 <= low <= high < 1:
            raise RequestError(f"an error range from {low} to {high} is none")
    fewest = having * (1 - linkage.false[1]) / (1 - linkage.missed[0])
    most = having * (1 - linkage.false[0]) / (1 - linkage.missed[1])
    return min(fewest / population, 1.0), min(most / population, 1.0)


def _check(estimand: str, having: int, people: int, blank: int, absent: int) -> None:
    if estimand.strip() == "":
        raise RequestError("a share needs its estimand: who of whom, where, and when")
    for number in (having, people, blank, absent):
        whole_count(number, "a share")
    if people == 0:
        raise RequestError("the register holds nobody")
    if having + blank > people:
        raise RequestError(f"{having} having and {blank} blank are more than {people} people")
