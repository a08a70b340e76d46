"""The ledger of what is asserted, by whom, and what supports and contradicts it."""
