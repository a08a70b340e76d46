"""What others find in a file: Apache Tika (extractous) and xberg, each in a process of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

_TIKA = """
import sys
from extractous import Extractor
extractor = Extractor().set_extract_string_max_length(50_000_000)
text, _ = extractor.extract_file_to_string(sys.argv[1])
sys.stdout.buffer.write(text.encode("utf-8", "replace"))
"""
_XBERG = """
import asyncio, sys, xberg
async def call():
    config = xberg.ExtractionConfig(disable_ocr=True, use_cache=False)
    given = xberg.ExtractInput(kind="uri", uri=sys.argv[1])
    return await xberg.extract(given, config)
results = asyncio.run(call()).results
sys.stdout.buffer.write("".join(each.content for each in results).encode("utf-8", "replace"))
"""
_TIME_S = 60


def text_by_tika(path: Path) -> str | None:
    """Its text of the file; None where it fails or takes longer than a minute."""
    return _run(_TIKA, path)


def text_by_xberg(path: Path) -> str | None:
    """The same by xberg."""
    return _run(_XBERG, path)


def _run(program: str, path: Path) -> str | None:
    # Without PATH Tika finds no Tesseract, and everybody reads what the file stores.
    environment = {"PATH": "", "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        written, _ = process.communicate(timeout=_TIME_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None
    return written.decode("utf-8") if process.returncode == 0 else None
