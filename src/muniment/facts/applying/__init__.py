"""A mapping applied to a table, step by step: `facts.apply` puts them in order."""
