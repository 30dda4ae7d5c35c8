package io.probeunit.internal.run;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Logs problems with reports, each kind once in a run. Thread-safe. */
public final class ReportTrouble {

    private static final System.Logger LOG = System.getLogger(ReportTrouble.class.getName());

    private static final int MOST_CAUSES = 5;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Tells of trouble unless the same was told before; never throws. */
    public void tell(String what, String test, Throwable cause) {
        try {
            String why = causes(cause);
            if (told.add(what + why)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "ProbeUnit could not publish the %s of %s: %s. The test's result does not change; this run does not report the same problem again."
                                .formatted(what, test, why));
            }
        } catch (RuntimeException logIsBroken) {
            // there is no reader any more
        }
    }

    /** JUnit wraps what a disk says. */
    private static String causes(Throwable trouble) {
        return Stream.iterate(trouble, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .map(Throwable::toString)
                .collect(Collectors.joining(": "));
    }
}
