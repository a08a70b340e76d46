"""Muniment turns a leak into published evidence.

Every published number traces back to the cell, page or pixel it came from, in a file whose hash
was fixed on the day it arrived. `docs/explanation/architecture.md` shows the rooms.
"""

__version__ = "0.1.0"
