"""What an error of ours is to whoever asked: a status, what is wrong, and what to do."""

from muniment.core import Error, IntegrityError, PolicyError


def answer_to(why: Exception) -> tuple[int, str, str]:
    """Status, message and next step: 403 for a refusal, 500 for lost integrity, else 400."""
    status = 400
    match why:
        case PolicyError():
            status = 403
        case IntegrityError():
            status = 500
        case _:
            pass
    return (
        (status, why.message, why.next_step) if isinstance(why, Error) else (status, str(why), "")
    )
