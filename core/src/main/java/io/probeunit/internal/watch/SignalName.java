package io.probeunit.internal.watch;

import java.util.Map;
import java.util.Set;

/** The names of signals by their numbers; signal(7), the same for x86-64 and arm64. */
final class SignalName {

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(5, "SIGTRAP"),
            Map.entry(6, "SIGABRT"),
            Map.entry(7, "SIGBUS"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(10, "SIGUSR1"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(12, "SIGUSR2"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"),
            Map.entry(24, "SIGXCPU"),
            Map.entry(25, "SIGXFSZ"),
            Map.entry(31, "SIGSYS"));

    /** What a process brings upon itself: a fault, abort(3), or a system call that a filter forbids. */
    private static final Set<Integer> OWN = Set.of(4, 5, 6, 7, 8, 11, 31);

    private SignalName() {}

    static String of(int signal) {
        return NAMES.getOrDefault(signal, "signal " + signal);
    }

    /** Whether a process that was made to do something else than its program says can end so. */
    static boolean isOwn(int signal) {
        return OWN.contains(signal);
    }
}
