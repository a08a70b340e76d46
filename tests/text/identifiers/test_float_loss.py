"""Numbers that a spreadsheet has cut are flagged, and nothing else is."""

import pytest

from muniment.text.identifiers import FloatLoss, Loss, float_loss

CUT = {
    "6.59999E+17": (Loss.SCIENTIFIC, 18, 6),
    "6.59999198003051e+17": (Loss.SCIENTIFIC, 18, 15),
    "6,59999E+17": (Loss.SCIENTIFIC, 18, 6),
    "659999198003051000": (Loss.ZEROS, 18, 15),
    "'659999198003051000": (Loss.ZEROS, 18, 15),
    "659999198003051000.0": (Loss.ZEROS, 18, 15),
    "６５９９９９１９８００３０５１０００": (Loss.ZEROS, 18, 15),
    "65999919800305100": (Loss.ZEROS, 17, 15),
}


@pytest.mark.parametrize("written", CUT)
def test_signs_of_lost_digits_are_named(written: str) -> None:
    loss, digits, known = CUT[written]
    assert float_loss(written) == FloatLoss(written, loss, digits, known)


WHOLE = ("659999198003051234", "65999919800305002X", "6599991980030510", "0" * 18)


@pytest.mark.parametrize("written", [*WHOLE, "", "E+17", "n/a", "13999999999", "1000000"])
def test_other_numbers_are_not_flagged(written: str) -> None:
    assert float_loss(written) is None
