"""The reading room: pages on loopback that show a case to whoever holds its one-time link."""

from muniment.app.web.frame import make_app
from muniment.app.web.gate import Gate
from muniment.app.web.room import Room, open_room
from muniment.app.web.serving import Beside, served_beside, server_of

__all__ = ["Beside", "Gate", "Room", "make_app", "open_room", "served_beside", "server_of"]
