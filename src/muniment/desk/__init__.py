"""Who may see and do what, until when."""
