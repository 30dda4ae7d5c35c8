package io.probeunit.internal.host;

import java.util.stream.Stream;

/** The CPUs of a host. */
public final class Cpus {

    private static final String POSSIBLE = "/sys/devices/system/cpu/possible";
    private static final String ONLINE = "/sys/devices/system/cpu/online";

    private Cpus() {}

    /**
     * How many numbers the kernel may give to a CPU, those that are not plugged in included; what belongs to a CPU has
     * room for so many.
     *
     * @param files of the host
     * @return the highest number, and one more
     * @throws HostException if the host does not tell
     */
    public static int possible(HostFiles files) {
        return count(files.text(POSSIBLE));
    }

    /**
     * Which ones run.
     *
     * @param files of the host
     * @return as the kernel tells it: {@code 0-3,8-11}
     * @throws HostException if the host does not tell
     */
    public static String online(HostFiles files) {
        return files.text(ONLINE).strip();
    }

    /**
     * How many run.
     *
     * @param files of the host
     * @return at least 1
     * @throws HostException if the host does not tell
     */
    public static int running(HostFiles files) {
        return Stream.of(online(files).split(","))
                .map(range -> range.split("-"))
                .mapToInt(ends -> Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1)
                .sum();
    }

    /** Reads {@code 0-3,8-11}: the number after the last one. */
    static int count(String ranges) {
        String[] numbers = ranges.strip().split("[-,]");
        return Integer.parseInt(numbers[numbers.length - 1]) + 1;
    }
}
