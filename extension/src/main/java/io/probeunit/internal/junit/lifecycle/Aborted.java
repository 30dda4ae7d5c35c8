package io.probeunit.internal.junit.lifecycle;

import java.util.Optional;
import org.opentest4j.TestAbortedException;

/** Distinguishes tests that an assumption aborted from tests that failed. */
final class Aborted {

    /** Known by name, since JUnit takes it for an abort where JUnit 4 is there. */
    private static final String JUNIT_4 = "org.junit.internal.AssumptionViolatedException";

    private Aborted() {}

    static boolean is(Optional<Throwable> end) {
        return end.filter(e -> e instanceof TestAbortedException || isJUnit4(e.getClass()))
                .isPresent();
    }

    private static boolean isJUnit4(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (c.getName().equals(JUNIT_4)) {
                return true;
            }
        }
        return false;
    }
}
