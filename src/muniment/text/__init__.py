"""Pure functions on writing: scripts, normalisation, tokens."""
