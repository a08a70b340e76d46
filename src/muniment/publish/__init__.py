"""Exports, releases, and the verifier that anybody can run offline."""
