"""Processing with one worker and with as many as there are cores, and memory as the case grows.

    python benchmarks/processing.py [FOLDER | PEOPLE]

A folder is taken in as it is; a number is how many people a simulated leak has (default 5,000).
Prints seconds, files a second, the gain over one worker, and the peak memory of the process that
hands out the work (its workers and the confined readers are other processes).
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

COMMAND = [sys.executable, "-c", "from muniment.app.main import main; main()"]


def run(*arguments: object) -> bytes:
    """What a command prints."""
    words = [*COMMAND, *map(str, arguments)]
    return subprocess.run(words, check=True, capture_output=True).stdout


def peak_of(pid: int, peaks: list[int]) -> None:
    """Follow the resident memory of one process alone, in MB, until it is gone."""
    while True:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return
        lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        if "VmHWM" not in lines:
            return
        peaks.append(int(lines["VmHWM"].split()[0]) // 1024)
        time.sleep(0.2)


def process(case: Path, workers: int) -> tuple[float, int, int]:
    """Seconds, peak memory of the parent in MB, and objects read."""
    started = time.perf_counter()
    words = [*COMMAND, "process", str(case), "--workers", str(workers), "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        peaks = [0]
        watch = threading.Thread(target=peak_of, args=(child.pid, peaks))
        watch.start()
        printed, _ = child.communicate()
        watch.join()
    assert child.returncode == 0
    return time.perf_counter() - started, max(peaks), json.loads(printed)["read_now"]


def measure(leak: Path, scratch: Path, name: str) -> None:
    """One line a number of workers."""
    base = None
    for workers in sorted({1, os.cpu_count() or 1}):
        case = scratch / f"case-{workers}"
        run("init", case)
        run("intake", case, leak)
        seconds, memory, items = process(case, workers)
        base = base or seconds
        print(
            f"{name:<14} {workers} workers {items:>7} objects {seconds:>8.1f} s "
            f"{items / seconds:>7.1f}/s  x{base / seconds:.2f} {memory:>5} MB",
            flush=True,
        )
        shutil.rmtree(case)


def main() -> None:
    """Measure the folder that is named, or simulated leaks of growing size."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else "5000"
    with tempfile.TemporaryDirectory(prefix="muniment-bench-") as name:
        scratch = Path(name)
        if not wanted.isdigit():
            measure(Path(wanted), scratch, Path(wanted).name)
            return
        for people in (int(wanted) // 10, int(wanted)):
            leak = scratch / f"{people}-people"
            run("simulate", "--seed", 1, "--people", people, "--out", leak)
            measure(leak / "leak", scratch, f"{people} people")


if __name__ == "__main__":
    main()
