"""The commands, in the order in which `muniment --help` and the reference list them."""

import click

from muniment.app.commands.arriving import init, intake, process, rebuild
from muniment.app.commands.journal import log
from muniment.app.commands.leaving import export, import_
from muniment.app.commands.looking import items, problems, search, show, sql, status, text
from muniment.app.commands.proving import trace, verify
from muniment.app.commands.simulating import simulate

COMMANDS: tuple[tuple[str, click.Command], ...] = (
    ("init", init),
    ("intake", intake),
    ("process", process),
    ("status", status),
    ("items", items),
    ("problems", problems),
    ("text", text),
    ("search", search),
    ("show", show),
    ("trace", trace),
    ("verify", verify),
    ("sql", sql),
    ("export", export),
    ("import", import_),
    ("log", log),
    ("rebuild", rebuild),
    ("simulate", simulate),
)
