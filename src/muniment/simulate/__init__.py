"""Writes a fictional county's police cache with a truth file: no real person, known answers."""
