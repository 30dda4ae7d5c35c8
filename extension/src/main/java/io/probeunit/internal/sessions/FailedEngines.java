package io.probeunit.internal.sessions;

import io.probeunit.internal.engine.Engine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Engines whose preflight passed and that could not arm a test of a class, for example because a tool's version refuses something.
 * A preflight cannot find this.
 *
 * <p>The other tests of the class try them last, because they would usually fail in the same way, and slowly. They do
 * try them, because the reason may be the points of that one test. Thread-safe.
 */
public final class FailedEngines {

    private final Map<Engine, String> reasons = new ConcurrentHashMap<>();

    /** What is left out while a test is armed. */
    public ForTest forTest() {
        return new ForTest(reasons);
    }

    /** Those that one test does without. Of one thread. */
    public static final class ForTest {
        private final Map<Engine, String> ofClass;
        private final Map<Engine, String> atOtherTests;
        private final Map<Engine, String> atThisTest = new LinkedHashMap<>();

        private ForTest(Map<Engine, String> ofClass) {
            this.ofClass = ofClass;
            this.atOtherTests = new LinkedHashMap<>(ofClass);
        }

        /** Each with the reason. */
        public Map<Engine, String> reasons() {
            Map<Engine, String> all = new LinkedHashMap<>(atOtherTests);
            all.putAll(atThisTest);
            return all;
        }

        /** Leaves an engine out from now on. */
        public void add(Engine engine, String reason) {
            atThisTest.put(engine, reason);
            ofClass.put(engine, reason);
        }

        /** Lets those in again that failed at other tests alone; false if there are none. */
        public boolean letInAgain() {
            atOtherTests.keySet().removeAll(atThisTest.keySet());
            boolean some = !atOtherTests.isEmpty();
            atOtherTests.clear();
            return some;
        }
    }
}
