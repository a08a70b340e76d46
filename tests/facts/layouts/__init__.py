"""Simulated administrative lists with the truth about each column, to judge proposals by."""
