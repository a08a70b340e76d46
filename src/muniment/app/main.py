"""The command `muniment`: parses, calls rooms, shows what came back.

- Every error ends in one line that says what is wrong, one that says what to do, and an exit code:
  0 done, 1 trouble in us or the machine, 2 usage, 3 integrity, 4 policy or refusal, 5 done with
  problems in the source (only where `--strict` asks for it), 130 interrupted.
- Nothing is printed on standard output before a command knows that it can do its work.
"""

import os
import sys

import click

from muniment import __version__
from muniment.app.commands import Commands
from muniment.app.disk_trouble import disk_advice, disk_reason
from muniment.app.job_recorder import FOLDER_VARIABLE, run_as_job
from muniment.app.show import hint, plain
from muniment.core import Error

_INTERRUPTED = 130
_USAGE = 2
_TRACEBACK = "MUNIMENT_TRACEBACK"
_FAULT_ADVICE = (
    f"nothing received is lost; set {_TRACEBACK}=1, give the command again, and report what it says"
)
_LEDGER_ADVICE = (
    "make sure that the case can be written and the disk has room; `muniment rebuild` makes the "
    "ledger again from the vault"
)


def main() -> None:
    """Run the command line and leave with its exit code."""
    # Matrices are small here: a second thread of the linear algebra waits, turning, ten times as
    # long as one thread works. And a sum's order is then the same on machines of any size.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if FOLDER_VARIABLE in os.environ:
        sys.exit(run_as_job(run, sys.argv[1:]))
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; the exit code."""
    try:
        result = cli(args=arguments, prog_name="muniment", standalone_mode=False)
    except Error as why:
        return _tell(why.message, why.next_step, why.exit_code)
    except click.exceptions.Exit as why:
        return why.exit_code
    except click.ClickException as why:
        said = " ".join(why.format_message().split())  # click lists choices one a line
        return _tell(said, "`muniment --help` lists commands and options", _USAGE)
    except (KeyboardInterrupt, click.Abort):
        return _tell(
            "interrupted", "give the same command again: it goes on where it was", _INTERRUPTED
        )
    except BrokenPipeError:
        # Whoever read our output has seen enough (`| head`); Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as why:
        return _tell(disk_reason(why), disk_advice(why), 1)
    except Exception as why:  # the door: what nobody foresaw is a fault of ours
        if _TRACEBACK in os.environ:
            raise
        if _is_of_a_database(why):
            return _tell(f"the ledger cannot be used: {_database_reason(why)}", _LEDGER_ADVICE, 1)
        return _tell(f"a fault in Muniment: {type(why).__name__}: {why}", _FAULT_ADVICE, 1)
    return result if isinstance(result, int) else 0


@click.group(
    cls=Commands,
    help="Turn a leak into published evidence: every number traces back to the cell, page or pixel "
    "it came from.",
)
@click.version_option(__version__, prog_name="muniment", message="%(prog)s %(version)s")
def cli() -> None:
    """Every command; also what the generated reference is made from."""


def _is_of_a_database(why: Exception) -> bool:
    # Asked by name: importing the database library to name its errors would slow every start.
    return type(why).__module__.startswith("sqlalchemy.")


def _database_reason(why: Exception) -> str:
    # SQLite's own words and its extended code: SQLAlchemy adds the statement and an address.
    told = getattr(why, "orig", None) or why
    code = getattr(told, "sqlite_errorname", "")
    return f"{told} ({code})" if code != "" else str(told)


def _tell(message: str, next_step: str, code: int) -> int:
    hint(f"muniment: {plain(message)}")
    hint(f"next: {plain(next_step)}")
    return code
