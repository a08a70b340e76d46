"""Parts to statements: subject, property, value as written and as read, and where."""
