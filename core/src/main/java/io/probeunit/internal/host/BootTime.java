package io.probeunit.internal.host;

import java.util.OptionalLong;

/**
 * When the host's kernel was started, by its clock of the time of day as that is now; {@code btime} of proc_stat(5).
 *
 * @param seconds since 1970; empty if it is not known
 */
public record BootTime(OptionalLong seconds) {

    /** Not known. */
    public static final BootTime UNKNOWN = new BootTime(OptionalLong.empty());

    private static final String FIELD = "btime ";
    /** {@code USER_HZ}, the unit of process times on x86-64 and arm64. */
    private static final long TICKS_PER_SECOND = 100;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    /** Boot time is in whole seconds, and a file system's clock is coarse. */
    private static final long MARGIN_SECONDS = 2;

    /**
     * Reads it.
     *
     * @param files of the host
     * @return unknown where the kernel does not tell it
     */
    public static BootTime of(HostFiles files) {
        return files.textIfThere("/proc/stat").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(FIELD))
                .map(line -> new BootTime(OptionalLong.of(
                        Long.parseLong(line.substring(FIELD.length()).strip()))))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /**
     * Says whether a process may have been there before a moment.
     *
     * @param process which
     * @param nanos since 1970, as in a file's times
     * @return false if it was certainly started later
     */
    public boolean mayHaveStartedBefore(ProcessName process, long nanos) {
        return seconds.isEmpty()
                || seconds.getAsLong() + process.startTime() / TICKS_PER_SECOND - MARGIN_SECONDS
                        <= nanos / NANOS_PER_SECOND;
    }
}
