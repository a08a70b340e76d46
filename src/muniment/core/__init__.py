"""The words every room uses: digests, citations, problems, runs, stamps, errors; no I/O."""
