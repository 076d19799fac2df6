"""The limits on strangers' files, each with its unit and its reason. Nothing else in the house sets one."""

import dataclasses
from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


@dataclass(frozen=True)
class Limits:
    """How much of a stranger's file is opened, and what a process that parses it may use.

    Every value is a plain number, so that the limits travel to another process as JSON (`dataclasses.asdict`).
    """

    files: int = 100_000
    """Files opened from one call, members of archives included. More is a mistake or a bomb of tiny entries."""

    depth: int = 5
    """Archives inside archives. People send a zip in a zip; nobody who wants to be read nests six."""

    total_bytes: int = 256 * GIB
    """Bytes unpacked by one call, all layers together (the free space of the work folder also counts)."""

    ratio: int = 250
    """Unpacked bytes for each packed byte. Text packs 5 to 50 times, monotonous logs 200; bombs 1,000 and more."""

    ratio_from: int = 64 * MIB
    """Unpacked bytes below which the ratio is not looked at: a small file of blanks is no danger."""

    line_bytes: int = 16 * MIB
    """Bytes of one line held in memory. One INSERT of mysqldump is 1 to 16 MiB (its net_buffer_length)."""

    page_bytes: int = 8 * MIB
    """Bytes (or characters) of one HTML page. The longest public notices have 1 MiB, pictures inside them included."""

    mail_parts: int = 1_000
    """Parts of one mail. A long thread forwarded with its attachments has some dozens."""

    mail_depth: int = 20
    """Multiparts inside multiparts of one mail. Gateways and signatures add a layer each; nobody adds twenty."""

    mail_fields: int = 2_000
    """Header fields of one mail or part. Many relays and filters add a hundred."""

    broken_places: int = 1_000
    """Lines with unreadable bytes listed one by one for a file; the others are counted."""

    memory_bytes: int = 4 * GIB
    """Address space of the process that parses (libraries reserve much more of it than they use)."""

    cpu_seconds: int = 600
    """Processor time of that process, for small input. `for_input` adds to it."""

    wall_seconds: int = 1_800
    """Time on the clock of that process, for small input; waiting for a slow disk costs no processor time."""

    seconds_per_mib: float = 2.0
    """What `for_input` adds for each MiB: the slowest honest parser we know, on a slow machine, ten times over."""

    open_files: int = 256
    """Files open at the same time in that process."""

    answer_bytes: int = 512 * MIB
    """Bytes of the answer that process may send back."""

    def for_input(self, size: int) -> "Limits":
        """Return these limits with the times stretched for ``size`` bytes of input."""
        more = int(self.seconds_per_mib * size / MIB)
        return dataclasses.replace(self, cpu_seconds=self.cpu_seconds + more, wall_seconds=self.wall_seconds + 3 * more)
