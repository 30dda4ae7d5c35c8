package io.probeunit.internal.coverage;

import io.probeunit.internal.recording.Observation;
import java.util.Map;
import java.util.Optional;

/**
 * What one invocation of a test saw.
 *
 * @param test which test
 * @param ended when its window ended, in milliseconds since 1970
 * @param cut why it may have ended early; empty if it ran to its end
 * @param seen each point, also those that did not fire
 * @param builds what distinguishes the build of each file
 * @param leftOut what cannot be counted, each with the reason
 */
public record TestCoverage(
        Test test,
        long ended,
        Optional<String> cut,
        Map<CoveragePoint, Observation> seen,
        Map<CoveragePoint.File, String> builds,
        Map<CoveragePoint, String> leftOut) {

    /** Keeps copies of the maps. */
    public TestCoverage {
        seen = Map.copyOf(seen);
        builds = Map.copyOf(builds);
        leftOut = Map.copyOf(leftOut);
    }

    /**
     * A test.
     *
     * @param id the unique id that JUnit gives it
     * @param testClass the name of its class
     * @param name of its method, and which invocation it is if there may be several
     */
    public record Test(String id, String testClass, String name) {

        /** As people call it: the class without its package. */
        public String shown() {
            return testClass.substring(testClass.lastIndexOf('.') + 1).replace('$', '.') + "." + name;
        }
    }
}
