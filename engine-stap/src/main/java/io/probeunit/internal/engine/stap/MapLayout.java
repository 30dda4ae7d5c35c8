package io.probeunit.internal.engine.stap;

/**
 * Where the script keeps its numbers: variables without an index, {@code c0}, {@code c1} and so on. SystemTap puts all of
 * these into one array, in the order in which the script first uses them, and numbers its maps after two of its own; so the
 * atomic addition can name them by number. The kernel turns a look-up in an array into some instructions, where one in an
 * indexed variable's hash table is a call.
 *
 * <p>What an answer tells comes first.
 *
 * @param judging what each point is judged by
 * @param cpus number of possible CPUs
 */
record MapLayout(Judging judging, int cpus) {

    /** Entries of a map of SystemTap's BPF runtime ({@code BPF_MAXMAPENTRIES}). */
    private static final int MAP_ENTRIES = 2048;

    private static final int KEYS_A_POINT = 4;
    private static final int KEYS_A_FILTER = 2;
    private static final int OTHERS = 3;

    static int mostPoints(int cpus) {
        return (MAP_ENTRIES - OTHERS - cpus) / KEYS_A_POINT;
    }

    /** For how many filters there is room. */
    static int mostFilters(int points, int cpus) {
        return (MAP_ENTRIES - OTHERS - cpus - points * KEYS_A_POINT) / KEYS_A_FILTER;
    }

    int points() {
        return judging.filters().size();
    }

    /** Firings of a point whose details were printed. */
    static int printed(int point) {
        return 2 * point;
    }

    /** Firings of a point whose details were not. Every firing is added to one of the two, once. */
    static int unprinted(int point) {
        return 2 * point + 1;
    }

    /** Those of a point without details that satisfy one of its filters. */
    int satisfied(int point, int filter) {
        return 2 * points() + KEYS_A_FILTER * (judging.before(point) + filter);
    }

    /** Those of which that is not known. */
    int undecided(int point, int filter) {
        return satisfied(point, filter) + 1;
    }

    /** How many numbers an answer tells. */
    int answered() {
        return 2 * points() + KEYS_A_FILTER * judging.count();
    }

    /** What {@link #printed} may rise to in this window; nothing for a point that the window does not want. */
    int quota(int point) {
        return answered() + 2 * point;
    }

    /** Lines of a point that the reader has received. */
    int received(int point) {
        return answered() + 2 * point + 1;
    }

    /** Lines for which room in the kernel's buffer was taken. */
    int tickets() {
        return answered() + 2 * points();
    }

    /** What {@link #tickets} may rise to: lines received, and those that may be under way. */
    int credit() {
        return tickets() + 1;
    }

    /** Lines of each point that may be under way beside all others, in this window. */
    int sure() {
        return tickets() + 2;
    }

    /** Handlers that are printing on a CPU: one may, since the kernel's message is made of several records. */
    int guard() {
        return tickets() + OTHERS;
    }

    int size() {
        return guard() + cpus;
    }
}
