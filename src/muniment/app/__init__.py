"""The door: parses, calls rooms, shows; holds no rule."""
