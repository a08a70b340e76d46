"""The latent-class sampler: the posterior without classes and unseen people, and its moves.

- Manrique-Vallier (2016, Biometrics 72:1246): a person of class k is on list j with probability
  lambda_kj ~ Beta(1, 1), independently; class weights pi come from sticks V_k ~ Beta(1, a),
  a ~ Gamma(1/4, rate 1/4); N has prior 1/N. Classes stop at K.
- Nothing is augmented: p_c = sum_k pi_k prod_j ... is a short sum, and given it the unseen number
  is
  negative binomial. What is left is a smooth density of about 50 numbers, which Hamiltonian Monte
  Carlo crosses in far fewer steps than Gibbs sampling of the classes does.
- n0 <= cap multiplies the likelihood by the negative binomial's distribution function at the cap.
- Sticks are in log space: -log(1 - V_k) = E_k / a with E_k ~ Exp(1), so that weights as small as
  e^-700 keep their meaning and the prior has no funnel.
- Each move leaves the (heated) posterior unchanged, so any mixture of them does. A heated chain
  sees
  likelihood^heat; neighbours in heat swap states, which carries the coldest chain from one
  explanation
  of the table to another (parallel tempering; Geyer 1991).
- Random numbers come from the generator that is passed in: the same seed gives the same bits.
- All compiled functions live in this one file: Numba's cache of machine code notices a change of
  the
  file a function is in, not of the functions it calls.

    position = [logit lambda_11 … lambda_KJ | log E_1 … E_(K-1) | log a]
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from muniment.measure.compiled import compiled

Array = NDArray[np.float64]

PRIOR = 0.25  # shape and rate of the Gamma prior of a
TINY = 1e-300
CROWDED = 0.5  # share of unseen people below which no cap of 20 n can matter
FRACTIONS = 5000
SMALL, LARGE = 1e-12, 700.0  # x / (e^x - 1) is 1 and 0 beyond these, to the last bit
ALMOST = 1.0 - 1e-12
IMPOSSIBLE = -1e300  # a log density below which a trajectory has left the numbers
VANISHED = 1e-200  # a stick too short to be exchanged
SHORTEST = -12.0  # log of the shortest step
TARGET = 0.85  # acceptance that the step length is tuned to
JITTER = (0.5, 0.6)  # a step is the tuned length times 0.5 to 1.1, so that no period can trap it
FIRST_STEP = 0.05
FEWEST_LEAPS = 4  # mean number of a heated chain
TRIES = 1000  # numbers of unseen people drawn above the cap, after which one is drawn below it
NEGLIGIBLE = 1e-15  # share of a sum that a further term cannot change


class Problem(NamedTuple):
    """A table, its cap, and the space a density is computed in, which every call overwrites."""

    counts: Array  # (patterns,), people; the unseen cell is 0
    people: float  # their sum
    cap: float  # unseen people at most
    shares: Array  # (classes, patterns): pi_k times the probability of the pattern in class k
    listed: Array  # (classes, lists): lambda
    sticks: Array  # (classes,): -log(1 - V)
    cells: Array  # (patterns,): sum of shares over classes
    by_cell: Array  # (patterns,): derivatives of the log-likelihood
    unknown: int  # a pattern whose count is left out; 0, the unseen cell, where none is


def problem(counts: Array, cap: float, classes: int, unknown: int = 0) -> Problem:
    """The problem of a table with 2^J cells, of which one may be left out beside the unseen."""
    lists = len(counts).bit_length() - 1
    known = counts.copy()
    known[unknown] = 0.0
    return Problem(
        known,
        float(known[1:].sum()),
        cap,
        np.zeros((classes, len(counts))),
        np.zeros((classes, lists)),
        np.zeros(classes),
        np.zeros(len(counts)),
        np.zeros(len(counts)),
        unknown,
    )


@compiled
def log_share_below(unseen: float, people: float, cap: float) -> tuple[float, float]:
    """(log P(n0 <= cap), its derivative by the unseen share), n0 negative binomial.

    The regularised incomplete beta function I(1 - unseen; people, cap + 1) by Lentz's continued
    fraction (DLMF 8.17.22).
    """
    a, b, x = people, cap + 1.0, 1.0 - unseen
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front += a * math.log(x) + b * math.log(unseen)
    flipped = x >= (a + 1.0) / (a + b + 2.0)
    if flipped:
        a, b, x = b, a, unseen
    c, d = 1.0, 1.0 / max(1.0 - (a + b) * x / (a + 1.0), TINY)
    fraction = d
    for i in range(1, FRACTIONS):
        up = i * (b - i) * x / ((a - 1.0 + 2 * i) * (a + 2 * i))
        d, c = 1.0 / (1.0 + up * d), 1.0 + up / c
        fraction *= d * c
        down = -(a + i) * (a + b + i) * x / ((a + 2 * i) * (a + 1.0 + 2 * i))
        d, c = 1.0 / (1.0 + down * d), 1.0 + down / c
        fraction *= d * c
        if abs(d * c - 1.0) < SMALL:
            break
    piece = front + math.log(fraction) - math.log(a)
    share = math.log1p(-min(math.exp(piece), 1.0 - 1e-16)) if flipped else piece
    slope = -math.exp(front - math.log(1.0 - unseen) - math.log(unseen) - share)
    return share, slope


@compiled
def fill_shares(position: Array, p: Problem) -> float:
    """Compute shares, listed, sticks and cells at a position; returns its log prior density."""
    classes, lists = p.listed.shape
    concentration = math.exp(position[-1])
    prior = PRIOR * position[-1] - PRIOR * concentration
    p.cells[:] = 0.0
    left = 1.0  # what the sticks before have left; e^-x keeps it exact however small
    for k in range(classes):
        p.shares[k, 0] = left
        if k < classes - 1:
            place = classes * lists + k
            x = math.exp(position[place] - position[-1])
            p.sticks[k] = x
            p.shares[k, 0] *= -math.expm1(-x)
            left *= math.exp(-x)
            prior += position[place] - math.exp(position[place])
        product = 1.0
        size = 1
        for j in range(lists):
            theta = position[k * lists + j]
            small = math.exp(-abs(theta))
            product *= 1.0 + small
            prior -= abs(theta)
            high = 1.0 / (1.0 + small)
            on = high if theta > 0 else small * high
            off = small * high if theta > 0 else high
            p.listed[k, j] = on
            for c in range(size):
                p.shares[k, c + size] = p.shares[k, c] * on
                p.shares[k, c] *= off
            size *= 2
        prior -= 2.0 * math.log(product)
        for c in range(size):
            p.cells[c] += p.shares[k, c]
    return float(prior)


@compiled
def log_likelihood(p: Problem) -> float:
    """The log-likelihood of the filled shares, minus infinity where impossible; fills `by_cell`."""
    seen = 0.0
    for c in range(1, len(p.cells)):
        if c != p.unknown:
            seen += p.cells[c]
    if not seen > TINY:
        return -math.inf
    total = -p.people * math.log(seen)
    for c in range(1, len(p.cells)):
        p.by_cell[c] = -p.people / seen
        if p.counts[c] > 0:
            if p.cells[c] < TINY:
                return -math.inf
            total += p.counts[c] * math.log(p.cells[c])
            p.by_cell[c] += p.counts[c] / p.cells[c]
    p.by_cell[0] = 0.0
    p.by_cell[p.unknown] = 0.0
    if p.cells[0] > CROWDED:
        share, slope = log_share_below(min(p.cells[0], ALMOST), p.people, p.cap)
        total += share
        p.by_cell[0] = slope
    return total


@compiled
def fill_slope(position: Array, slope: Array, p: Problem, heat: float) -> None:
    """The gradient of log prior + heat log-likelihood; the shares are folded up on the way."""
    classes, lists = p.listed.shape
    concentration = math.exp(position[-1])
    above, by_concentration = 0.0, 0.0
    for k in range(classes - 1, -1, -1):
        size = len(p.cells)
        whole = 0.0
        for c in range(size):
            p.shares[k, c] *= p.by_cell[c]
            whole += p.shares[k, c]
        for j in range(lists - 1, -1, -1):
            size //= 2
            on = 0.0
            for c in range(size):
                on += p.shares[k, c + size]
                p.shares[k, c] += p.shares[k, c + size]
            slope[k * lists + j] = heat * (on - p.listed[k, j] * whole) + 1.0 - 2.0 * p.listed[k, j]
        if k < classes - 1:
            x = p.sticks[k]
            ratio = 1.0 if x < SMALL else (x / math.expm1(x) if x < LARGE else 0.0)
            stick = whole * ratio - above * x
            place = classes * lists + k
            slope[place] = heat * stick + 1.0 - math.exp(position[place])
            by_concentration -= heat * stick
        above += whole
    slope[-1] = by_concentration + PRIOR - PRIOR * concentration


@compiled
def density(position: Array, slope: Array, p: Problem, heat: float) -> tuple[float, float]:
    """(log prior, log-likelihood).

    `slope` becomes the gradient of prior + heat times likelihood.
    """
    prior = fill_shares(position, p)
    likelihood = log_likelihood(p)
    fill_slope(position, slope, p, heat)
    return prior, likelihood


class Ladder(NamedTuple):
    """Chains side by side, the coldest first."""

    states: Array  # (heats, numbers of a position)
    slopes: Array  # their gradients
    levels: Array  # (heats, 2): log prior, log-likelihood
    heats: Array  # powers of the likelihood, from 1 downwards
    steps: Array  # tuned step lengths


def coldest(ladder: Ladder, number: int) -> Ladder:
    """A copy of the first chains of a ladder."""
    parts = [np.ascontiguousarray(part[:number]).copy() for part in ladder]
    return Ladder(parts[0], parts[1], parts[2], parts[3], parts[4])


@compiled
def trajectory(ladder: Ladder, r: int, p: Problem, steps: int, rng: np.random.Generator) -> float:
    """One Hamiltonian trajectory of chain r, which moves if it is accepted.

    Returns the acceptance probability (Neal 2011, Handbook of MCMC, ch. 5, fig. 2).
    """
    state, slope, level, heat = (
        ladder.states[r],
        ladder.slopes[r],
        ladder.levels[r],
        ladder.heats[r],
    )
    step = ladder.steps[r] * (JITTER[0] + JITTER[1] * rng.random())
    moment = rng.standard_normal(len(state))
    place, pull = state.copy(), slope.copy()
    before = level[0] + heat * level[1] - 0.5 * (moment * moment).sum()
    prior, likelihood = level[0], level[1]
    for _ in range(steps):
        for i in range(len(place)):
            moment[i] += 0.5 * step * pull[i]
            place[i] += step * moment[i]
        prior, likelihood = density(place, pull, p, heat)
        if not prior + likelihood > IMPOSSIBLE:
            return 0.0
        for i in range(len(place)):
            moment[i] += 0.5 * step * pull[i]
    after = prior + heat * likelihood - 0.5 * (moment * moment).sum()
    if math.isnan(after):
        return 0.0
    chance = math.exp(min(0.0, after - before))
    if rng.random() < chance:
        state[:] = place
        slope[:] = pull
        level[0], level[1] = prior, likelihood
    return chance


@compiled
def exchange_labels(state: Array, classes: int, lists: int, rng: np.random.Generator) -> bool:
    """Swap neighbouring classes, parameters and weights together; the likelihood stays.

    The prior of the sticks changes by (1 - V_k) / (1 - V'_k) (Papaspiliopoulos and Roberts 2008,
    Biometrika 95:169, section 3.4, with the Jacobian of moving whole weights).
    """
    moved = False
    scale = math.exp(state[-1])
    for k in range(classes - 2):
        first, second = classes * lists + k, classes * lists + k + 1
        x, y = math.exp(state[first]) / scale, math.exp(state[second]) / scale
        new = -math.log1p(math.expm1(-y) * math.exp(-x))
        other = x + y - new
        if not min(new, other) > VANISHED or math.log(rng.random()) >= new - x:
            continue
        moved = True
        state[first], state[second] = math.log(new * scale), math.log(other * scale)
        for j in range(lists):
            a, b = k * lists + j, (k + 1) * lists + j
            state[a], state[b] = state[b], state[a]
    return moved


@compiled
def refresh_class(ladder: Ladder, r: int, p: Problem, rng: np.random.Generator) -> None:
    """Propose list probabilities from their prior for one class: how an idle class finds work."""
    classes, lists = p.listed.shape
    k = int(rng.random() * classes)
    place, pull, level = ladder.states[r].copy(), ladder.slopes[r].copy(), ladder.levels[r]
    for j in range(lists):
        u = rng.random()
        place[k * lists + j] = math.log(max(u, TINY)) - math.log1p(-u)
    prior, likelihood = density(place, pull, p, ladder.heats[r])
    if math.log(rng.random()) < ladder.heats[r] * (likelihood - level[1]):
        ladder.states[r] = place
        ladder.slopes[r] = pull
        level[0], level[1] = prior, likelihood


@compiled
def settle(ladder: Ladder, r: int, p: Problem) -> None:
    """Compute the density and the slope of a chain whose state was changed."""
    level = ladder.levels[r]
    level[0], level[1] = density(ladder.states[r], ladder.slopes[r], p, ladder.heats[r])


@compiled
def exchange_heats(ladder: Ladder, p: Problem, odd: int, rng: np.random.Generator) -> None:
    """Swap the states of neighbours in heat, every second pair at a time."""
    heats, levels = ladder.heats, ladder.levels
    for r in range(odd, len(heats) - 1, 2):
        gain = (heats[r] - heats[r + 1]) * (levels[r + 1, 1] - levels[r, 1])
        if math.log(rng.random()) >= gain:
            continue
        kept = ladder.states[r].copy()
        ladder.states[r] = ladder.states[r + 1]
        ladder.states[r + 1] = kept
        settle(ladder, r, p)
        settle(ladder, r + 1, p)


@compiled
def sweep(ladder: Ladder, p: Problem, leaps: int, turn: int, rng: np.random.Generator) -> Array:
    """Every move once for each chain; returns the acceptance probabilities.

    A heated chain takes longer steps, and so fewer of them to go as far.
    """
    chances = np.empty(len(ladder.heats))
    for r in range(len(ladder.heats)):
        mean = max(float(FEWEST_LEAPS), leaps * min(1.0, ladder.steps[0] / ladder.steps[r]))
        chances[r] = trajectory(ladder, r, p, 1 + int(2 * mean * rng.random()), rng)
        if exchange_labels(ladder.states[r], p.listed.shape[0], p.listed.shape[1], rng):
            settle(ladder, r, p)
        refresh_class(ladder, r, p, rng)
    exchange_heats(ladder, p, turn & 1, rng)
    return chances


@compiled
def search(p: Problem, heats: Array, turns: int, leaps: int, rng: np.random.Generator) -> Ladder:
    """A ladder started at random after this many turns, its steps tuned."""
    probabilities = p.listed.size
    number, size = len(heats), probabilities + p.listed.shape[0]
    ladder = Ladder(
        np.zeros((number, size)),
        np.zeros((number, size)),
        np.zeros((number, 2)),
        heats.copy(),
        np.full(number, FIRST_STEP),
    )
    for r in range(number):
        ladder.states[r, :probabilities] = rng.standard_normal(probabilities) - 1.5
        settle(ladder, r, p)
    shortfall, smooth = np.zeros(number), np.zeros(number)
    for turn in range(turns):
        chances = sweep(ladder, p, leaps, turn, rng)
        share = 1.0 / (turn + 11.0)
        shortfall = (1 - share) * shortfall + share * (TARGET - chances)
        now = math.log(10 * FIRST_STEP) - math.sqrt(turn + 1.0) / 0.05 * shortfall
        fade = (turn + 1.0) ** -0.75
        smooth = fade * now + (1 - fade) * smooth
        ladder.steps[:] = np.exp(np.maximum(now, SHORTEST))
    ladder.steps[:] = np.exp(np.maximum(smooth, SHORTEST))
    return ladder


@compiled
def unseen_people(people: float, cap: float, unseen: float, rng: np.random.Generator) -> float:
    """A negative binomial number of unseen people up to the cap, given their share of everybody.

    Drawn again while above the cap; where hardly any is below, that would hardly end.
    """
    for _ in range(TRIES):
        found = rng.poisson(rng.standard_gamma(people) * unseen / (1.0 - unseen))
        if found <= cap:
            return float(found)
    return below_cap(people, cap, unseen, rng.random())


@compiled
def below_cap(people: float, cap: float, unseen: float, at: float) -> float:
    """The same by inversion at a number from 0 to 1, from the cap downwards.

    P(n - 1) / P(n) = n / ((people + n - 1) unseen): terms fall from the cap on where nearly
    everything lies above it.
    """
    number, term, total = cap, 1.0, 1.0
    while number > 0 and term > NEGLIGIBLE * total:
        term *= number / ((people + number - 1.0) * unseen)
        total += term
        number -= 1.0
    last, number, term = number, cap, 1.0
    left = at * total - term
    while number > last and left > 0:
        term *= number / ((people + number - 1.0) * unseen)
        left -= term
        number -= 1.0
    return number


@compiled
def draw(
    ladder: Ladder, p: Problem, leaps: int, number: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    """(numbers of people, mean pattern probabilities) of this many draws of the coldest chain."""
    totals, cells = np.empty(number), np.zeros(len(p.counts))
    for turn in range(number):
        sweep(ladder, p, leaps, turn, rng)
        fill_shares(ladder.states[0], p)
        cells += p.cells / number
        unseen = min(p.cells[0], ALMOST)
        totals[turn] = p.people + unseen_people(p.people, p.cap, unseen, rng)
    return totals, cells


@compiled
def draw_cells(
    ladder: Ladder, p: Problem, leaps: int, number: int, rng: np.random.Generator
) -> Array:
    """(number, patterns): the pattern probabilities at this many draws of the coldest chain."""
    found = np.empty((number, len(p.cells)))
    for turn in range(number):
        sweep(ladder, p, leaps, turn, rng)
        fill_shares(ladder.states[0], p)
        found[turn] = p.cells
    return found
