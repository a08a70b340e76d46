"""Which pages stand in the strip beside the one at hand."""

_EACH_SIDE = 4


def around(number: int, of: int) -> tuple[int | None, ...]:
    """The first, the last and those around `number`; None where some are left out."""
    near = range(max(1, number - _EACH_SIDE), min(of, number + _EACH_SIDE) + 1)
    wanted = sorted({1, of, *near})
    found: list[int | None] = []
    for page in wanted:
        last = found[-1] if len(found) > 0 else 0
        if last is not None and page - last > 1:
            found.append(None)
        found.append(page)
    return tuple(found)
