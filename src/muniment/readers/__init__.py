"""Untrusted bytes to located parts, one format a module, in an isolated process."""
