package io.probeunit.internal.junit.lifecycle;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.ValueWrapper;

/** Makes one failure of the findings of several parts of ProbeUnit in one test. */
final class Failures {

    private Failures() {}

    /**
     * Unites failures.
     *
     * @param failures at least one, each with what was expected and what was seen
     */
    static AssertionFailedError united(List<AssertionFailedError> failures) {
        return failures.size() == 1
                ? failures.get(0)
                : new AssertionFailedError(
                        failures.stream().map(Throwable::getMessage).collect(Collectors.joining("\n\n")),
                        values(failures, AssertionFailedError::getExpected),
                        values(failures, AssertionFailedError::getActual));
    }

    private static String values(
            List<AssertionFailedError> failures, Function<AssertionFailedError, ValueWrapper> value) {
        return failures.stream()
                .map(value)
                .map(ValueWrapper::getStringRepresentation)
                .collect(Collectors.joining("\n"));
    }
}
