"""Takes the documentation's pictures of the reading room: python -m tools.pictures [FOLDER]

- A simulated leak is made into a case, the room is opened on it, and Debian's Chromium looks at
  each page.
- Pictures have few colours, so that they are small; a page in trouble stops the tool.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs/pictures"
COMMAND = (sys.executable, "-c", "from muniment.app.main import main; main()")
WIDTH, HEIGHT, COLOURS = 1200, 860, 96


def main() -> None:
    """Take them all."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    with tempfile.TemporaryDirectory(prefix="muniment-pictures-") as place:
        case = _case(Path(place))
        shots = _shots(_objects(case))
        with _Opened(case) as (link, process):
            try:
                _take(link, shots, folder)
            finally:
                process.terminate()


def _case(place: Path) -> Path:
    case = place / "county"
    _run("simulate", "--seed", "7", "--people", "400", "--out", place / "made")
    _run("init", case)
    _run("intake", case, place / "made/leak", "--from", "a drive in the post")
    _run("process", case)
    _map_register(case, place / "mapping.json")
    return case


def _map_register(case: Path, file: Path) -> None:
    """Confirm what the columns of the register state."""
    sheets = "SELECT sha256, sheet FROM sheets WHERE columns = 12 ORDER BY rows DESC, sheet LIMIT 1"
    (found,) = (json.loads(line) for line in _run("sql", case, sheets, "--json").splitlines())
    _run("map", "suggest", case, f"{found['sha256']}#{found['sheet']}", "--out", file)
    _run("map", "confirm", case, file, "--as", "desk-1")


def _run(*arguments: object) -> bytes:
    done = subprocess.run([*COMMAND, *map(str, arguments)], check=True, capture_output=True)
    return done.stdout


def _objects(case: Path) -> Callable[[str], str]:
    """The digest of the first object, by name, of a media type."""
    items = [json.loads(line) for line in _run("items", case, "--json").splitlines()]
    read = sorted(
        (i for i in items if i["state"] == "read" and i["names"]), key=lambda i: i["names"]
    )

    def of_type(media_type: str) -> str:
        return str(next(i["sha256"] for i in read if i["type"].endswith(media_type)))

    return of_type


def _shots(first: Callable[[str], str]) -> dict[str, str]:
    """Name of a picture → address of its page."""
    return {
        "overview": "/",
        "search": "/search?q=收押",
        "document": f"/object/{first('pdf')}",
        "table": f"/table/{first('spreadsheetml.sheet')}?cell=6,6",
        "mapping": f"/mapping/{first('spreadsheetml.sheet')}",
        "facts": "/facts?schema=Person",
        "mail": f"/mail/{first('message/rfc822')}",
        "images": "/images",
        "map": "/map",
        "problems": "/problems",
        "locked": "/locked",
        "notes": "/notes",
    }


class _Opened:
    """The room of a case, served by the command that a person gives."""

    def __init__(self, case: Path) -> None:
        self._process = subprocess.Popen(
            [*COMMAND, "open", str(case), "--as", "desk-2"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            text=True,
        )

    def __enter__(self) -> tuple[str, "subprocess.Popen[str]"]:
        if self._process.stdout is None:
            raise SystemExit("the room said nothing")
        return self._process.stdout.readline().strip(), self._process

    def __exit__(self, *_: object) -> None:
        self._process.wait(20)


def _take(link: str, shots: dict[str, str], folder: Path) -> None:
    address = link.split("/enter/", maxsplit=1)[0]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(link)
        for name, path in shots.items():
            _one(page, address + path, folder / f"room-{name}.png")
        browser.close()


def _one(page: Page, address: str, path: Path) -> None:
    answer = page.goto(address, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise SystemExit(f"{address} is in trouble")
    page.screenshot(path=path)
    with Image.open(path) as taken:
        few = taken.convert("RGB").quantize(COLOURS)
    few.save(path, optimize=True)
    print(f"{path.name}  {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
