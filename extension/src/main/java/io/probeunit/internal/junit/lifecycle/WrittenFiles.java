package io.probeunit.internal.junit.lifecycle;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that were written for a test.
 *
 * @param timeline that of its class
 * @param report of the test
 * @param firings of the test
 */
record WrittenFiles(Optional<Path> timeline, Optional<Path> report, Optional<Path> firings) {

    static final WrittenFiles NONE = new WrittenFiles(Optional.empty(), Optional.empty(), Optional.empty());

    /** Where people find them. */
    Stream<String> lines() {
        return Stream.concat(
                timeline.stream().map(path -> "Timeline: " + path),
                report.stream().map(path -> "ProbeUnit's report: " + path));
    }

    Stream<Path> all() {
        return Stream.of(timeline, report, firings).flatMap(Optional::stream);
    }
}
