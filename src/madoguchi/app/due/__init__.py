"""Due-time work: rows with the time at which something is to be done, claimed by whichever worker comes first."""
