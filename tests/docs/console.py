"""Runs the commands of the documentation and compares what they print with what is written.

    ```console
    $ muniment search case 'two words'
    01 file.txt › inner.txt
        … two words …
    ```

- A line that starts with `$ ` is a command; lines that start with `> ` continue it.
- The lines below it are its output: standard output, alone or with standard error after it.
- `…` in a line stands for any characters; a line that is only `…` stands for any lines.
- Where the simulated leak was drawn in other fonts than these pages tell of, any number stands
  for any number: files, and so counts and sizes, are others.
- A last line `(exit code 3)` says how the command ends, where that is not 0.
- A page that names a file in `$MUNIMENT_DATA` runs only where that file is there.
- A command that `make demo` gives is compared with what it printed there. Every other command runs,
  in the page's order and in one shell, in a copy of the folder that `make demo` leaves.

`python -m tests.docs.console` runs the demo and every page, and writes into the pages what was
printed; digests, keys and times become `…`. Read the difference before you keep it.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import msgspec

from tests.copies import copy_of
from tests.started import started

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("docs/tutorial", "docs/how-to", "docs/explanation")
# Scans are drawn in the fonts that a machine has; with others, other files come of them.
FONTS = {
    "han": "NotoSansCJK-Regular.ttc",
    "arabic": "DejaVuSans.ttf",
    "cyrillic": "NotoSansCJK-Regular.ttc",
}
_NUMBER = re.compile(r"(\d[\d,.]*)")
_EXIT = re.compile(r"\(exit code (\d+)\)")
_VARIES = (
    (re.compile(r"muniment\.invalid/[0-9a-f]{8}\S*"), "muniment.invalid/…"),
    (re.compile(r"\b[0-9a-f]{32,128}\b"), "…"),
    (re.compile(r"\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"), "…"),
    (re.compile(r"\b\d+\.\d s\b"), "… s"),
    (re.compile(r"(?<=;)[\w-]{43}\b", re.ASCII), "…"),
)


class Step(msgspec.Struct, frozen=True):
    """A command of a page, the output that is written below it, and the lines that output has."""

    command: str
    written: tuple[str, ...]
    first: int  # index of the output's first line in the page
    last: int  # index after its last line


class Printed(msgspec.Struct, frozen=True):
    """What a command printed."""

    out: tuple[str, ...]
    err: tuple[str, ...] = ()
    code: int = 0

    def shown(self) -> tuple[str, ...]:
        """What a person sees who gives it."""
        ending = (f"(exit code {self.code})",) if self.code != 0 else ()
        return (*self.out, *self.err, *ending)


def pages() -> list[Path]:
    """The pages whose commands run."""
    found = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.md"))]
    return [ROOT / "README.md", *found]


def steps(page: Path) -> list[Step]:
    """Every command of a page."""
    lines = page.read_text("utf-8").split("\n")
    found: list[Step] = []
    number, inside = 0, False
    while number < len(lines):
        line = lines[number]
        if line.startswith("```"):
            inside = line == "```console"
        elif inside and line.startswith("$ "):
            found.append(_step(lines, number))
            number = found[-1].last - 1
        elif inside and line != "":
            raise ValueError(f"{page.name}:{number + 1}: output without a command")
        number += 1
    return found


def run_demo(folder: Path) -> None:
    """Make the demo's folder."""
    command = ["sh", str(ROOT / "tools/demo.sh"), str(folder)]
    done = subprocess.run(
        command, env=environment(folder.parent), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"the demo ended with {done.returncode}: {done.stdout}{done.stderr}")


def printed_by_demo(folder: Path) -> dict[str, Printed]:
    """What each command of the demo printed."""
    found: dict[str, Printed] = {}
    for each in f"\n{(folder / '.transcript').read_text('utf-8')}".split("\n$ ")[1:]:
        command, *lines = each.removesuffix("\n").split("\n")
        err = tuple(line[2:] for line in lines if line.startswith("! "))
        found[command] = Printed(tuple(line for line in lines if not line.startswith("! ")), err)
    return found


def run_page(page: Path, demo: Path, scratch: Path) -> list[tuple[Step, Printed]]:
    """Every command of a page with what it printed."""
    known = printed_by_demo(demo)
    found: dict[int, Printed] = {}
    fresh: list[tuple[int, str]] = []
    wanted = steps(page)
    for number, step in enumerate(wanted):
        command = next((each for each in known if matches((step.command,), (each,))), None)
        if command is None:
            fresh.append((number, step.command))
        else:
            found[number] = known[command]
    if len(fresh) > 0:
        copy_of(demo, scratch / "here")
        found |= _run(fresh, scratch)
    return [(step, found[number]) for number, step in enumerate(wanted)]


def fonts_differ(demo: Path) -> bool:
    """Whether the leak was drawn in other fonts than the one that the pages tell of."""
    truth = json.loads((demo / "simulated/truth/truth.json").read_bytes())
    return any(truth["fonts"].get(script) != font for script, font in FONTS.items())


def difference(step: Step, printed: Printed, *, any_numbers: bool) -> str | None:
    """What was printed where it is not what is written; None where they agree."""
    *rest, end = step.written or ("",)
    stated = _EXIT.fullmatch(end)
    written = tuple(rest) if stated is not None else step.written
    code = 0 if stated is None else int(stated[1])
    seen = (printed.out, (*printed.out, *printed.err))
    agrees = any(matches(written, lines, any_numbers=any_numbers) for lines in seen)
    if agrees and code == printed.code:
        return None
    return "\n".join((f"$ {step.command}", *printed.shown()))


def matches(
    written: tuple[str, ...], printed: tuple[str, ...], *, any_numbers: bool = False
) -> bool:
    """Whether the lines printed are those written, `…` standing for anything."""
    pattern = "".join(
        r"(?:[^\n]*\n)*" if line == "…" else f"{_line_pattern(line, any_numbers)}\n"
        for line in written
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def _line_pattern(line: str, any_numbers: bool) -> str:
    if any_numbers:
        pieces = _NUMBER.split(line)
        return r"\d[\d,.]*".join(_line_pattern(piece, False) for piece in pieces[::2])
    return r"[^\n]*".join(re.escape(piece) for piece in line.split("…"))


def _step(lines: list[str], number: int) -> Step:
    command = [lines[number][2:]]
    while lines[number + 1].startswith("> "):
        number += 1
        command.append(lines[number][2:])
    last = number + 1
    while not lines[last].startswith(("$ ", "```")):
        last += 1
    written = lines[number + 1 : last]
    while len(written) > 0 and written[-1] == "":
        written.pop()
    return Step("\n".join(command), tuple(written), number + 1, number + 1 + len(written))


def _run(fresh: list[tuple[int, str]], scratch: Path) -> dict[int, Printed]:
    """Run commands one after the other in one shell."""
    script = ["cd here"]
    for number, command in fresh:
        at = f"{scratch}/{number}"
        script.append(f"{{ {command}\n}} >'{at}.out' 2>'{at}.err' </dev/null; echo $? >'{at}.code'")
    around = environment(scratch)
    # A socket's path must be short, so it does not lie in the scratch folder.
    with tempfile.TemporaryDirectory() as short, started(Path(short), around) as quick:
        around["PATH"] = f"{quick}:{around['PATH']}"
        command = ["sh", "-c", "\n".join(script)]
        subprocess.run(command, cwd=scratch, env=around, timeout=240, check=False)
    return {number: _printed(f"{scratch}/{number}") for number, _ in fresh}


def _printed(at: str) -> Printed:
    out, err = (_lines(Path(f"{at}.{end}")) for end in ("out", "err"))
    return Printed(out, err, int(Path(f"{at}.code").read_text("ascii")))


def _lines(path: Path) -> tuple[str, ...]:
    text = path.read_text("utf-8", "replace")
    return tuple(text.removesuffix("\n").split("\n")) if text != "" else ()


def environment(home: Path) -> dict[str, str]:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {
        "PATH": path,
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "MUNIMENT_DATA": str(real_data()),
        "MUNIMENT_DOCS": str(ROOT / "docs"),
    }


def real_data() -> Path:
    """The folder of public lists that pages may take in; not there everywhere."""
    return Path(os.environ.get("MUNIMENT_DATA", ROOT.parent / "shared" / "data")).resolve()


def lacks(page: Path) -> str:
    """What a page needs that is not here; empty where it lacks nothing."""
    named: list[str] = re.findall(r"\$MUNIMENT_DATA/([\w./-]+)", page.read_text("utf-8"))
    return next((each for each in named if not (real_data() / each).exists()), "")


def _rewrite(page: Path, found: list[tuple[Step, Printed]]) -> None:
    """Write what was printed where it differs, keeping written lines that still hold."""
    lines = page.read_text("utf-8").split("\n")
    for step, printed in reversed(found):
        if difference(step, printed, any_numbers=False) is None:
            continue
        kept = []
        for line in printed.out if printed.code == 0 else printed.shown():
            old = next((each for each in step.written if matches((each,), (line,))), None)
            kept.append(_mask(line) if old is None or old == "…" else old)
        lines[step.first : step.last] = kept
        print(f"{page.relative_to(ROOT)}:{step.first}: $ {step.command}")  # noqa: T201 - a command's result
    page.write_text("\n".join(lines), "utf-8")


def _follow_demo(page: Path, commands: list[str]) -> None:
    """Give the page's commands as the demo gives them, where only their last words differ."""
    lines = page.read_text("utf-8").split("\n")
    met: Counter[str] = Counter()
    for step in steps(page):
        sort = _sort(step.command)
        same = [command for command in commands if _sort(command) == sort]
        known = any(matches((step.command,), (command,)) for command in same)
        if not known and met[sort] < len(same):
            lines[step.first - 1] = f"$ {_mask(same[met[sort]])}"
        met[sort] += 1
    page.write_text("\n".join(lines), "utf-8")


def _sort(command: str) -> str:
    return " ".join(command.split(" ")[:3])


def _mask(line: str) -> str:
    for pattern, instead in _VARIES:
        line = pattern.sub(instead, line)
    return line


def _main() -> None:
    """Rewrite the pages whose output is not what their commands print."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        run_demo(demo)
        _follow_demo(ROOT / "README.md", list(printed_by_demo(demo)))
        for number, page in enumerate(pages()):
            if (lacking := lacks(page)) != "":
                print(f"{page.name} is left as it is: {lacking} is not here")  # noqa: T201 - a command's result
                continue
            scratch = Path(folder) / str(number)
            scratch.mkdir()
            _rewrite(page, run_page(page, demo, scratch))
        if fonts_differ(demo):
            print("This machine has other fonts: put back every changed number.")  # noqa: T201 - a command's result


if __name__ == "__main__":
    _main()
