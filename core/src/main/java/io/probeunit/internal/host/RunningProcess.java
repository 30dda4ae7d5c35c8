package io.probeunit.internal.host;

import java.util.List;
import java.util.Optional;

/**
 * A process, and what it has mapped.
 *
 * @param pid its id on the host
 * @param program the path of what it executes, as it sees it; empty text if it has just ended
 * @param executes which file that is; empty if it has just ended
 * @param parts of the files asked for, in the order of addresses
 * @param otherCode whether it may execute memory that is of no file, or of one that is at no path
 */
public record RunningProcess(
        long pid, String program, Optional<FileIdentity> executes, List<MappedPart> parts, boolean otherCode) {

    /** Keeps a copy of the list. */
    public RunningProcess {
        parts = List.copyOf(parts);
    }
}
