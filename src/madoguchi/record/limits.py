"""How much of a stranger's case file is read; what we write stays below."""

FILE_BYTES = 1 << 30  # the whole case file: it is read into memory
LINE_BYTES = 4 << 10  # one line of log.jsonl or heads.jsonl
PAYLOAD_BYTES = 4 << 20  # one line of payloads.jsonl
KEYS_BYTES = 1 << 20  # keys.json
SEAL_BYTES = 32 << 20  # seal.json: a line for each member, and a zip has 65,535 at most
NAME_BYTES = 255  # the name of a member
PROBLEMS = 100  # sentences in an answer; the rest is only counted
