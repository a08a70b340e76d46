"""Confines the process that reads one object: limits, namespaces, Landlock, seccomp."""

from muniment.readers.isolation.report import Mechanism, isolation_report

__all__ = ["Mechanism", "isolation_report"]
