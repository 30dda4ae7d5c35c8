package io.probeunit.engine.stap;

/**
 * Where the script keeps its numbers: variables without an index, {@code c0}, {@code c1} and so on. SystemTap puts all of
 * these into one array, in the order in which the script first uses them, and numbers its maps after two of its own; so the
 * atomic addition can name them by number. The kernel turns a look-up in an array into some instructions, where one in an
 * indexed variable's hash table is a call.
 *
 * @param points number of probe points
 * @param cpus number of possible CPUs
 */
record MapLayout(int points, int cpus) {

    /** Entries of a map of SystemTap's BPF runtime ({@code BPF_MAXMAPENTRIES}). */
    private static final int MAP_ENTRIES = 2048;

    private static final int KEYS_A_POINT = 4;
    private static final int OTHERS = 3;

    static int mostPoints(int cpus) {
        return (MAP_ENTRIES - OTHERS - cpus) / KEYS_A_POINT;
    }

    /** Firings of a point whose details were printed. */
    int printed(int point) {
        return KEYS_A_POINT * point;
    }

    /** Firings of a point whose details were not. Every firing is added to one of the two, once. */
    int unprinted(int point) {
        return KEYS_A_POINT * point + 1;
    }

    /** What {@link #printed} may rise to in this window; nothing for a point that the window does not want. */
    int quota(int point) {
        return KEYS_A_POINT * point + 2;
    }

    /** Lines of a point that the reader has received. */
    int received(int point) {
        return KEYS_A_POINT * point + 3;
    }

    /** Lines for which room in the kernel's buffer was taken. */
    int tickets() {
        return KEYS_A_POINT * points;
    }

    /** What {@link #tickets} may rise to: lines received, and those that may be under way. */
    int credit() {
        return KEYS_A_POINT * points + 1;
    }

    /** Lines of each point that may be under way beside all others, in this window. */
    int sure() {
        return KEYS_A_POINT * points + 2;
    }

    /** Handlers that are printing on a CPU: one may, since the kernel's message is made of several records. */
    int guard() {
        return KEYS_A_POINT * points + OTHERS;
    }

    int size() {
        return guard() + cpus;
    }
}
