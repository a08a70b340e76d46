"""Makes the borders of the map from world-atlas: `python -m tools.make_atlas FOLDER`.

    npm pack world-atlas@2.0.2      FOLDER is the unpacked package

- Of each TopoJSON file are kept: the arcs, which arcs bound land, which divide two countries.
  Names and codes of countries are not: the map names none.
- Equal input, equal bytes out.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "src/muniment/app/web/atlas"
SCALES = ("110m", "50m")


def main() -> None:
    """Write one file a scale."""
    source = Path(sys.argv[1])
    for scale in SCALES:
        topology = json.loads((source / f"countries-{scale}.json").read_bytes())
        packed = json.dumps(reduced(topology), separators=(",", ":")).encode()
        (TARGET / f"{scale}.json.gz").write_bytes(gzip.compress(packed, 9, mtime=0))
    (TARGET / "LICENSE").write_bytes((source / "LICENSE").read_bytes())


def reduced(topology: dict[str, Any]) -> dict[str, Any]:
    """What the map needs of a topology."""
    uses = Counter(
        arc if arc >= 0 else ~arc
        for country in topology["objects"]["countries"]["geometries"]
        for arc in {each for ring in rings(country) for each in ring}
    )
    return {
        "scale": topology["transform"]["scale"],
        "translate": topology["transform"]["translate"],
        "arcs": [[number for point in arc for number in point] for arc in topology["arcs"]],
        "land": list(rings(topology["objects"]["land"])),
        "borders": sorted(arc for arc, count in uses.items() if count > 1),
    }


def rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """The rings of a geometry, each as numbers of arcs."""
    match geometry["type"]:
        case "GeometryCollection":
            for inner in geometry["geometries"]:
                yield from rings(inner)
        case "Polygon":
            yield from geometry["arcs"]
        case "MultiPolygon":
            for polygon in geometry["arcs"]:
                yield from polygon


if __name__ == "__main__":
    main()
