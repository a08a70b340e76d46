"""The commands, in the order in which `muniment --help` and the reference list them.

- A command's module is imported when the command is called: what it needs of readers, indexes and
  statistics costs a second that `muniment log key` should not pay.
"""

import importlib

import click

COMMANDS: tuple[tuple[str, str], ...] = (
    ("init", "arriving:init"),
    ("intake", "arriving:intake"),
    ("process", "reading:process"),
    ("unlock", "unlocking:unlock"),
    ("status", "looking:status"),
    ("coverage", "covering:coverage"),
    ("items", "looking:items"),
    ("problems", "looking:problems"),
    ("text", "looking:text"),
    ("search", "searching:search"),
    ("index", "searching:index"),
    ("show", "looking:show"),
    ("similar", "comparing:similar"),
    ("picture", "picturing:picture"),
    ("trace", "proving:trace"),
    ("note", "noting:note"),
    ("tag", "noting:tag"),
    ("correct", "noting:correct"),
    ("withdraw", "noting:withdraw"),
    ("notes", "noting:notes"),
    ("verify", "proving:verify"),
    ("mail", "gathered:mail"),
    ("pictures", "gathered:pictures"),
    ("sql", "looking:sql"),
    ("table", "tables:table"),
    ("map", "mapping:map_"),
    ("statements", "stating:statements"),
    ("totals", "proposing:totals"),
    ("propose", "proposing:propose"),
    ("fact", "judging:fact"),
    ("relations", "relating:relations"),
    ("facilities", "relating:facilities"),
    ("timeline", "relating:timeline"),
    ("open", "opening:open_"),
    ("export", "leaving:export"),
    ("import", "leaving:import_"),
    ("ftm", "exchanging:ftm"),
    ("report", "sources:report"),
    ("source", "sources:source"),
    ("log", "journal:log"),
    ("rebuild", "reading:rebuild"),
    ("mse", "measuring:mse"),
    ("rate", "rating:rate"),
    ("suppress", "rating:suppress_"),
    ("simulate", "simulating:simulate"),
)


class Commands(click.Group):
    """A group whose commands are found by name in `COMMANDS`, nowhere else."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, in order."""
        return [name for name, _ in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name; None where there is none."""
        place = dict(COMMANDS).get(cmd_name)
        if place is None:
            return None
        module, _, attribute = place.partition(":")
        found = getattr(importlib.import_module(f"muniment.app.commands.{module}"), attribute)
        if not isinstance(found, click.Command):
            raise TypeError(f"{place} is no command")
        return found
