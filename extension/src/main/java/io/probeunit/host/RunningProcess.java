package io.probeunit.host;

import java.util.List;
import java.util.Optional;

/**
 * A process, and what it has mapped of the files asked for.
 *
 * @param pid its id on the host
 * @param program the path of what it executes, as it sees it; empty text if it has just ended
 * @param executes which file that is; empty if it has just ended
 * @param parts in the order of addresses
 */
public record RunningProcess(long pid, String program, Optional<FileIdentity> executes, List<MappedPart> parts) {

    /** Keeps a copy of the list. */
    public RunningProcess {
        parts = List.copyOf(parts);
    }
}
