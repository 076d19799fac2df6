"""The record's storage: one log per incident or organisation, append-only also for whoever writes SQL by hand."""
