"""A line on standard error that says how far long work has come.

- Where the reading room started the work, the same is recorded in the case for its pages.
"""

import sys
import time

from muniment.app.job_recorder import recorder_of_this_process


class ProgressLine:
    """Rewrites one line on a terminal; elsewhere stays silent until the end of each stage."""

    def __init__(self, *, wanted: bool = True) -> None:
        """`wanted` is False where a program reads our output."""
        self._live = wanted and sys.stderr.isatty()
        self._started = time.monotonic()
        self._stage = ""
        self._recorder = recorder_of_this_process()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of `total` (0: not known) things of a stage are done."""
        if self._recorder is not None:
            self._recorder(stage, done, total)
        if not self._live:
            return
        if stage != self._stage:
            self._stage, self._started = stage, time.monotonic()
        seconds = max(time.monotonic() - self._started, 1e-3)
        rate = done / seconds
        left = f", {(total - done) / rate:.0f} s left" if total > 0 and rate > 0 else ""
        of = f" of {total:,}" if total > 0 else ""
        sys.stderr.write(f"\r\x1b[K{stage} {done:,}{of}, {rate:,.0f}/s{left}")
        sys.stderr.flush()

    def close(self) -> None:
        """Leave the line."""
        if self._recorder is not None:
            self._recorder.close()
        if self._live and self._stage != "":
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
