"""What happened, provably: an append-only log, signed heads, the case file, and the verifier that needs nothing else."""
